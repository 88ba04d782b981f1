-- expect: unknown-period (evaluate)
-- Outside the known bank holidays there is no answer rather than a wrong one.
calendar.working_days(calendar.add(0, { days = 30000 }), calendar.add(0, { days = 30010 }))
