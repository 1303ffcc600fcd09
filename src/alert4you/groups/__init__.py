"""The day on a group: places, staff who count and who do not, rooms, and the staff-child ratio."""
