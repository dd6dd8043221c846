"""Classes as guests meet them: the invitation, the material, the test before and after, by a code and without an account.

No session and no name. The only cookie holds the code that leads from the first test to the second, on the phone of whoever
sat the first.
"""
