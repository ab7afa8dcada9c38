"""Double-entry books in whole rupiah: the regency's, and one of its own for each community that keeps money."""
