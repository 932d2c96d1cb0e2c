"""Codes of currencies: those in use, and those withdrawn that older files carry."""

from __future__ import annotations

from utm.errors import InvalidValueError

__all__ = ["decimals_of", "require_currency"]

# ISO 4217, list one of 2026-01-01 (SIX Financial Information), by the number of decimals. Left
# out are codes of no money: metals, composite units of bonds, tests, and no currency at all.
_WITH_CENTS = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL
MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG XDR XSU XUA YER ZAR ZMW ZWG
"""
_WITHOUT_CENTS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_MILLS = "BHD IQD JOD KWD LYD OMR TND"
_WITH_FOUR_DECIMALS = "CLF UYW"
# ISO 4217, list three: withdrawn, as far as the Unicode CLDR names them as well.
_WITHDRAWN = """
ADP AFA ALK ANG AOK AON AOR ARA ARP ATS AZM BAD BEC BEF BEL BGL BGN BOP BRB BRC BRE BRN BRR BUK
BYB BYR CSD CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GNS GQE GRD GWE GWP HRD
HRK IEP ILP ILR ISJ ITL LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MXP MZE MZM NIC NLG PEI
PES PLZ PTE RHD ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS USS UYP VEB VEF
XEU XFO XFU XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWD ZWL ZWR
"""
_CENTS = 2
_DECIMALS = {
    **dict.fromkeys((_WITH_CENTS + _WITHDRAWN).split(), _CENTS),
    **dict.fromkeys(_WITHOUT_CENTS.split(), 0),
    **dict.fromkeys(_WITH_MILLS.split(), 3),
    **dict.fromkeys(_WITH_FOUR_DECIMALS.split(), 4),
}


def require_currency(code: object) -> None:
    """Refuse what is no code of a currency of ISO 4217, in use or withdrawn.

    Raises
    ------
    InvalidValueError
        The code is refused; also that of a metal, of a test, and of no currency.
    """
    if type(code) is not str or code not in _DECIMALS:
        raise InvalidValueError(
            kind="currency", value=code, reason="is no ISO 4217 code of a currency, such as EUR"
        )


def decimals_of(code: str) -> int:
    """How many decimals the smallest coin of a currency has; two where none is said."""
    return _DECIMALS.get(code, _CENTS)
