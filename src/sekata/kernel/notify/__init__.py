"""Messages to people: rows first, sent by jobs, by e-mail, SMS, WhatsApp or into the message box of the house."""
