"""Plain Python shared by every room: values and rules that know nothing of Django."""
