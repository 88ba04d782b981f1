-- expect: budget (evaluate)
while true do
  child:assessments()
end
