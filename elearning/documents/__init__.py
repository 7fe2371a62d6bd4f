"""What is printed: certificates as PDF and the QR codes that lead back to them."""
