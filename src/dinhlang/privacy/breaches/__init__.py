"""The register of breaches of personal data: what went wrong, the 72 hours, the notice to the authority, what was mended."""
