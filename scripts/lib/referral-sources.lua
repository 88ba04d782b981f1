-- The codes of the source of a referral in the children in need census, in its order.

return {
  codes = { "1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4", "5A", "5B", "5C", "6", "7", "8",
            "9", "10" },
}
