"""How django-allauth keeps second proofs here: secrets sealed, and our own name on the devices."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from alert4you.kernel.sealing import seal, unseal


class Factors(DefaultMFAAdapter):
    """Named in `settings.MFA_ADAPTER`."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Alert4you"

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Alert4you"}
