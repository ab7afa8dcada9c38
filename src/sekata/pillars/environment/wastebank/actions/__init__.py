"""The verbs of the room, the only writers of its tables.

registration: banks and their people; customers; prices; devices; sync and deposits: weighing; trade: sales and
transfers; counts: stock, cash, months; pickups; upkeep: what the suite does by itself.
"""
