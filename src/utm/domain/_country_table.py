"""ISO 3166-1 codes, and XK for Kosovo, with the regions of the United Nations' standard M49.

One country or area a line: alpha-2, alpha-3, M49 number, everyday English
name, region, sub-region. Antarctica has no region in M49. Kosovo has no code in either
standard: XK and XKX are of those that ISO leaves to its users, and the Union, the World Bank
and IATI use them; its region is that of all its neighbours.
"""

TABLE = """\
AD|AND|020|Andorra|Europe|Southern Europe
AE|ARE|784|United Arab Emirates|Asia|Western Asia
AF|AFG|004|Afghanistan|Asia|Southern Asia
AG|ATG|028|Antigua and Barbuda|Americas|Caribbean
AI|AIA|660|Anguilla|Americas|Caribbean
AL|ALB|008|Albania|Europe|Southern Europe
AM|ARM|051|Armenia|Asia|Western Asia
AO|AGO|024|Angola|Africa|Middle Africa
AQ|ATA|010|Antarctica||
AR|ARG|032|Argentina|Americas|South America
AS|ASM|016|American Samoa|Oceania|Polynesia
AT|AUT|040|Austria|Europe|Western Europe
AU|AUS|036|Australia|Oceania|Australia and New Zealand
AW|ABW|533|Aruba|Americas|Caribbean
AX|ALA|248|Åland Islands|Europe|Northern Europe
AZ|AZE|031|Azerbaijan|Asia|Western Asia
BA|BIH|070|Bosnia and Herzegovina|Europe|Southern Europe
BB|BRB|052|Barbados|Americas|Caribbean
BD|BGD|050|Bangladesh|Asia|Southern Asia
BE|BEL|056|Belgium|Europe|Western Europe
BF|BFA|854|Burkina Faso|Africa|Western Africa
BG|BGR|100|Bulgaria|Europe|Eastern Europe
BH|BHR|048|Bahrain|Asia|Western Asia
BI|BDI|108|Burundi|Africa|Eastern Africa
BJ|BEN|204|Benin|Africa|Western Africa
BL|BLM|652|Saint Barthélemy|Americas|Caribbean
BM|BMU|060|Bermuda|Americas|Northern America
BN|BRN|096|Brunei Darussalam|Asia|South-eastern Asia
BO|BOL|068|Bolivia|Americas|South America
BQ|BES|535|Bonaire, Sint Eustatius and Saba|Americas|Caribbean
BR|BRA|076|Brazil|Americas|South America
BS|BHS|044|Bahamas|Americas|Caribbean
BT|BTN|064|Bhutan|Asia|Southern Asia
BV|BVT|074|Bouvet Island|Americas|South America
BW|BWA|072|Botswana|Africa|Southern Africa
BY|BLR|112|Belarus|Europe|Eastern Europe
BZ|BLZ|084|Belize|Americas|Central America
CA|CAN|124|Canada|Americas|Northern America
CC|CCK|166|Cocos (Keeling) Islands|Oceania|Australia and New Zealand
CD|COD|180|Democratic Republic of the Congo|Africa|Middle Africa
CF|CAF|140|Central African Republic|Africa|Middle Africa
CG|COG|178|Congo|Africa|Middle Africa
CH|CHE|756|Switzerland|Europe|Western Europe
CI|CIV|384|Côte d'Ivoire|Africa|Western Africa
CK|COK|184|Cook Islands|Oceania|Polynesia
CL|CHL|152|Chile|Americas|South America
CM|CMR|120|Cameroon|Africa|Middle Africa
CN|CHN|156|China|Asia|Eastern Asia
CO|COL|170|Colombia|Americas|South America
CR|CRI|188|Costa Rica|Americas|Central America
CU|CUB|192|Cuba|Americas|Caribbean
CV|CPV|132|Cabo Verde|Africa|Western Africa
CW|CUW|531|Curaçao|Americas|Caribbean
CX|CXR|162|Christmas Island|Oceania|Australia and New Zealand
CY|CYP|196|Cyprus|Asia|Western Asia
CZ|CZE|203|Czechia|Europe|Eastern Europe
DE|DEU|276|Germany|Europe|Western Europe
DJ|DJI|262|Djibouti|Africa|Eastern Africa
DK|DNK|208|Denmark|Europe|Northern Europe
DM|DMA|212|Dominica|Americas|Caribbean
DO|DOM|214|Dominican Republic|Americas|Caribbean
DZ|DZA|012|Algeria|Africa|Northern Africa
EC|ECU|218|Ecuador|Americas|South America
EE|EST|233|Estonia|Europe|Northern Europe
EG|EGY|818|Egypt|Africa|Northern Africa
EH|ESH|732|Western Sahara|Africa|Northern Africa
ER|ERI|232|Eritrea|Africa|Eastern Africa
ES|ESP|724|Spain|Europe|Southern Europe
ET|ETH|231|Ethiopia|Africa|Eastern Africa
FI|FIN|246|Finland|Europe|Northern Europe
FJ|FJI|242|Fiji|Oceania|Melanesia
FK|FLK|238|Falkland Islands|Americas|South America
FM|FSM|583|Micronesia|Oceania|Micronesia
FO|FRO|234|Faroe Islands|Europe|Northern Europe
FR|FRA|250|France|Europe|Western Europe
GA|GAB|266|Gabon|Africa|Middle Africa
GB|GBR|826|United Kingdom|Europe|Northern Europe
GD|GRD|308|Grenada|Americas|Caribbean
GE|GEO|268|Georgia|Asia|Western Asia
GF|GUF|254|French Guiana|Americas|South America
GG|GGY|831|Guernsey|Europe|Channel Islands
GH|GHA|288|Ghana|Africa|Western Africa
GI|GIB|292|Gibraltar|Europe|Southern Europe
GL|GRL|304|Greenland|Americas|Northern America
GM|GMB|270|Gambia|Africa|Western Africa
GN|GIN|324|Guinea|Africa|Western Africa
GP|GLP|312|Guadeloupe|Americas|Caribbean
GQ|GNQ|226|Equatorial Guinea|Africa|Middle Africa
GR|GRC|300|Greece|Europe|Southern Europe
GS|SGS|239|South Georgia and the South Sandwich Islands|Americas|South America
GT|GTM|320|Guatemala|Americas|Central America
GU|GUM|316|Guam|Oceania|Micronesia
GW|GNB|624|Guinea-Bissau|Africa|Western Africa
GY|GUY|328|Guyana|Americas|South America
HK|HKG|344|Hong Kong|Asia|Eastern Asia
HM|HMD|334|Heard Island and McDonald Islands|Oceania|Australia and New Zealand
HN|HND|340|Honduras|Americas|Central America
HR|HRV|191|Croatia|Europe|Southern Europe
HT|HTI|332|Haiti|Americas|Caribbean
HU|HUN|348|Hungary|Europe|Eastern Europe
ID|IDN|360|Indonesia|Asia|South-eastern Asia
IE|IRL|372|Ireland|Europe|Northern Europe
IL|ISR|376|Israel|Asia|Western Asia
IM|IMN|833|Isle of Man|Europe|Northern Europe
IN|IND|356|India|Asia|Southern Asia
IO|IOT|086|British Indian Ocean Territory|Africa|Eastern Africa
IQ|IRQ|368|Iraq|Asia|Western Asia
IR|IRN|364|Iran|Asia|Southern Asia
IS|ISL|352|Iceland|Europe|Northern Europe
IT|ITA|380|Italy|Europe|Southern Europe
JE|JEY|832|Jersey|Europe|Channel Islands
JM|JAM|388|Jamaica|Americas|Caribbean
JO|JOR|400|Jordan|Asia|Western Asia
JP|JPN|392|Japan|Asia|Eastern Asia
KE|KEN|404|Kenya|Africa|Eastern Africa
KG|KGZ|417|Kyrgyzstan|Asia|Central Asia
KH|KHM|116|Cambodia|Asia|South-eastern Asia
KI|KIR|296|Kiribati|Oceania|Micronesia
KM|COM|174|Comoros|Africa|Eastern Africa
KN|KNA|659|Saint Kitts and Nevis|Americas|Caribbean
KP|PRK|408|North Korea|Asia|Eastern Asia
KR|KOR|410|South Korea|Asia|Eastern Asia
KW|KWT|414|Kuwait|Asia|Western Asia
KY|CYM|136|Cayman Islands|Americas|Caribbean
KZ|KAZ|398|Kazakhstan|Asia|Central Asia
LA|LAO|418|Laos|Asia|South-eastern Asia
LB|LBN|422|Lebanon|Asia|Western Asia
LC|LCA|662|Saint Lucia|Americas|Caribbean
LI|LIE|438|Liechtenstein|Europe|Western Europe
LK|LKA|144|Sri Lanka|Asia|Southern Asia
LR|LBR|430|Liberia|Africa|Western Africa
LS|LSO|426|Lesotho|Africa|Southern Africa
LT|LTU|440|Lithuania|Europe|Northern Europe
LU|LUX|442|Luxembourg|Europe|Western Europe
LV|LVA|428|Latvia|Europe|Northern Europe
LY|LBY|434|Libya|Africa|Northern Africa
MA|MAR|504|Morocco|Africa|Northern Africa
MC|MCO|492|Monaco|Europe|Western Europe
MD|MDA|498|Moldova|Europe|Eastern Europe
ME|MNE|499|Montenegro|Europe|Southern Europe
MF|MAF|663|Saint Martin|Americas|Caribbean
MG|MDG|450|Madagascar|Africa|Eastern Africa
MH|MHL|584|Marshall Islands|Oceania|Micronesia
MK|MKD|807|North Macedonia|Europe|Southern Europe
ML|MLI|466|Mali|Africa|Western Africa
MM|MMR|104|Myanmar|Asia|South-eastern Asia
MN|MNG|496|Mongolia|Asia|Eastern Asia
MO|MAC|446|Macao|Asia|Eastern Asia
MP|MNP|580|Northern Mariana Islands|Oceania|Micronesia
MQ|MTQ|474|Martinique|Americas|Caribbean
MR|MRT|478|Mauritania|Africa|Western Africa
MS|MSR|500|Montserrat|Americas|Caribbean
MT|MLT|470|Malta|Europe|Southern Europe
MU|MUS|480|Mauritius|Africa|Eastern Africa
MV|MDV|462|Maldives|Asia|Southern Asia
MW|MWI|454|Malawi|Africa|Eastern Africa
MX|MEX|484|Mexico|Americas|Central America
MY|MYS|458|Malaysia|Asia|South-eastern Asia
MZ|MOZ|508|Mozambique|Africa|Eastern Africa
NA|NAM|516|Namibia|Africa|Southern Africa
NC|NCL|540|New Caledonia|Oceania|Melanesia
NE|NER|562|Niger|Africa|Western Africa
NF|NFK|574|Norfolk Island|Oceania|Australia and New Zealand
NG|NGA|566|Nigeria|Africa|Western Africa
NI|NIC|558|Nicaragua|Americas|Central America
NL|NLD|528|Netherlands|Europe|Western Europe
NO|NOR|578|Norway|Europe|Northern Europe
NP|NPL|524|Nepal|Asia|Southern Asia
NR|NRU|520|Naoero|Oceania|Micronesia
NU|NIU|570|Niue|Oceania|Polynesia
NZ|NZL|554|New Zealand|Oceania|Australia and New Zealand
OM|OMN|512|Oman|Asia|Western Asia
PA|PAN|591|Panama|Americas|Central America
PE|PER|604|Peru|Americas|South America
PF|PYF|258|French Polynesia|Oceania|Polynesia
PG|PNG|598|Papua New Guinea|Oceania|Melanesia
PH|PHL|608|Philippines|Asia|South-eastern Asia
PK|PAK|586|Pakistan|Asia|Southern Asia
PL|POL|616|Poland|Europe|Eastern Europe
PM|SPM|666|Saint Pierre and Miquelon|Americas|Northern America
PN|PCN|612|Pitcairn|Oceania|Polynesia
PR|PRI|630|Puerto Rico|Americas|Caribbean
PS|PSE|275|Palestine|Asia|Western Asia
PT|PRT|620|Portugal|Europe|Southern Europe
PW|PLW|585|Palau|Oceania|Micronesia
PY|PRY|600|Paraguay|Americas|South America
QA|QAT|634|Qatar|Asia|Western Asia
RE|REU|638|Réunion|Africa|Eastern Africa
RO|ROU|642|Romania|Europe|Eastern Europe
RS|SRB|688|Serbia|Europe|Southern Europe
RU|RUS|643|Russia|Europe|Eastern Europe
RW|RWA|646|Rwanda|Africa|Eastern Africa
SA|SAU|682|Saudi Arabia|Asia|Western Asia
SB|SLB|090|Solomon Islands|Oceania|Melanesia
SC|SYC|690|Seychelles|Africa|Eastern Africa
SD|SDN|729|Sudan|Africa|Northern Africa
SE|SWE|752|Sweden|Europe|Northern Europe
SG|SGP|702|Singapore|Asia|South-eastern Asia
SH|SHN|654|Saint Helena|Africa|Western Africa
SI|SVN|705|Slovenia|Europe|Southern Europe
SJ|SJM|744|Svalbard and Jan Mayen Islands|Europe|Northern Europe
SK|SVK|703|Slovakia|Europe|Eastern Europe
SL|SLE|694|Sierra Leone|Africa|Western Africa
SM|SMR|674|San Marino|Europe|Southern Europe
SN|SEN|686|Senegal|Africa|Western Africa
SO|SOM|706|Somalia|Africa|Eastern Africa
SR|SUR|740|Suriname|Americas|South America
SS|SSD|728|South Sudan|Africa|Eastern Africa
ST|STP|678|Sao Tome and Principe|Africa|Middle Africa
SV|SLV|222|El Salvador|Americas|Central America
SX|SXM|534|Sint Maarten|Americas|Caribbean
SY|SYR|760|Syria|Asia|Western Asia
SZ|SWZ|748|Eswatini|Africa|Southern Africa
TC|TCA|796|Turks and Caicos Islands|Americas|Caribbean
TD|TCD|148|Chad|Africa|Middle Africa
TF|ATF|260|French Southern Territories|Africa|Eastern Africa
TG|TGO|768|Togo|Africa|Western Africa
TH|THA|764|Thailand|Asia|South-eastern Asia
TJ|TJK|762|Tajikistan|Asia|Central Asia
TK|TKL|772|Tokelau|Oceania|Polynesia
TL|TLS|626|Timor-Leste|Asia|South-eastern Asia
TM|TKM|795|Turkmenistan|Asia|Central Asia
TN|TUN|788|Tunisia|Africa|Northern Africa
TO|TON|776|Tonga|Oceania|Polynesia
TR|TUR|792|Türkiye|Asia|Western Asia
TT|TTO|780|Trinidad and Tobago|Americas|Caribbean
TV|TUV|798|Tuvalu|Oceania|Polynesia
TW|TWN|158|Taiwan|Asia|Eastern Asia
TZ|TZA|834|Tanzania|Africa|Eastern Africa
UA|UKR|804|Ukraine|Europe|Eastern Europe
UG|UGA|800|Uganda|Africa|Eastern Africa
UM|UMI|581|United States Minor Outlying Islands|Oceania|Micronesia
US|USA|840|United States|Americas|Northern America
UY|URY|858|Uruguay|Americas|South America
UZ|UZB|860|Uzbekistan|Asia|Central Asia
VA|VAT|336|Holy See|Europe|Southern Europe
VC|VCT|670|Saint Vincent and the Grenadines|Americas|Caribbean
VE|VEN|862|Venezuela|Americas|South America
VG|VGB|092|British Virgin Islands|Americas|Caribbean
VI|VIR|850|United States Virgin Islands|Americas|Caribbean
VN|VNM|704|Viet Nam|Asia|South-eastern Asia
VU|VUT|548|Vanuatu|Oceania|Melanesia
WF|WLF|876|Wallis and Futuna Islands|Oceania|Polynesia
WS|WSM|882|Samoa|Oceania|Polynesia
XK|XKX||Kosovo|Europe|Southern Europe
YE|YEM|887|Yemen|Asia|Western Asia
YT|MYT|175|Mayotte|Africa|Eastern Africa
ZA|ZAF|710|South Africa|Africa|Southern Africa
ZM|ZMB|894|Zambia|Africa|Eastern Africa
ZW|ZWE|716|Zimbabwe|Africa|Eastern Africa
"""
