"""What the platform costs: statements and bytes a page, processor time a journey, beside a floor under the same server."""
