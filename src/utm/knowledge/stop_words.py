# ruff: noqa: RUF001 - words in Cyrillic letters
"""Words that carry no meaning in a search, by language.

Function words only: articles, prepositions, pronouns, auxiliary verbs, conjunctions, and
in English the words with which questions are asked. Languages without a list lose nothing
but a little speed and sharpness.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["stop_words"]

_WORDS = {
    "en": """a about above across after again against all along also although always am among an and
        another any anyone anything are around as at away be became because become been before being
        below between both but by can cannot could d did do does doing done down due during each
        either else etc ever every few for from further gave get give given gives go got had has
        have having he hence her here hers herself him himself his how however i if in indeed into
        is it its itself just ll made make makes many may me might mine more most much must my
        myself near neither never no none nor not now of off often on once one only onto or other
        others otherwise our ours out over own per perhaps quite rather re s same shall she should
        since so some somehow something still such t than that the their theirs them themselves then
        there thereby therefore these they this those though through throughout thus to together too
        toward towards under until up upon us use used using various ve very via was we well were
        what whatever when where whereas wherein whether which while who whom whose why will with
        within without would yet you your yours""",
    "es": """a al algo algunas algunos ante antes aquel aquella aquello asi aun aunque bajo bien
        cada como con contra cual cuales cualquier cuando cuanto de del desde donde dos durante e el
        ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estado estan estar
        estas este esto estos fue fueron ha haber habia han hasta hay la las le les lo los mas me
        mediante mi mientras muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros
        para pero poco por porque pues que quien quienes se segun ser si sido sin sobre son su sus
        tambien tan tanto te tiene tienen toda todas todo todos tras tu un una unas uno unos y ya yo
""",
    "fr": """a afin ai ainsi alors apres au aucun aucune aussi autre autres aux avant avec avoir c
        car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme d dans de depuis
        des dont donc du elle elles en encore entre es est et etaient etait etant ete etre eu eux
        font il ils j je jusqu l la laquelle le lequel les lesquels leur leurs lors lui m ma mais me
        meme memes mes mon n ne ni non nos notre nous on ont ou par parce pas pendant peu peut plus
        pour pourquoi puis qu quand que quel quelle quelles quelques quels qui quoi s sa sans se
        selon sera ses si son sont sous sur t ta te tel telle tes toi ton tous tout toute toutes
        tres trop tu un une vers via vos votre vous y""",
    "pt": """a ainda alem algumas alguns ao aos apenas apos aquela aquele aqueles aquilo as assim
        ate cada com como contra da das de dela dele deles depois desde dessa desse desta deste do
        dos durante e ela elas ele eles em enquanto entre era eram essa essas esse esses esta estao
        estas estava este estes eu foi for foram ha isso isto ja la lhe lhes mais mas me mediante
        mesmo meu minha muito na nao nas nem no nos nossa nosso num numa o onde os ou outra outras
        outro outros para pela pelas pelo pelos por porque quais qual quando que quem se sem sendo
        ser seu seus sido sob sobre sua suas tambem tao te tem tendo ter teu toda todas todo todos
        tu um uma umas uns voce""",
    "it": """a ad agli ai al alcuni alla alle allo altre altri altro anche ancora avere c che chi ci
        cio come con contro cosi cui d da dagli dai dal dalla dalle dallo degli dei del della delle
        dello dentro di dopo dove due durante e ed egli era erano essere essi fa fino fra gia gli ha
        hanno i il in io l la le lei li lo loro lui ma me mentre mi mia mio molto ne negli nei nel
        nella nelle nello no noi non nostra nostro o ogni oltre per perche piu poi presso prima
        proprio qua qual quale quali quando quanto quella quelle quelli quello questa queste questi
        questo qui quindi se secondo sei senza si sia siamo sono sotto stata state stati stato su
        sua sue sugli sui sul sulla sulle sullo suo suoi tra tu tua tuo tutta tutte tutti tutto un
        una uno vi via voi""",
    "de": """ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch
        auf aus bei beim bereits bis bist da dabei dadurch daher damit dann daran darauf darin das
        dass dazu dein dem den denn der deren des dessen die dies diese diesem diesen dieser dieses
        doch dort du durch ein eine einem einen einer eines er es etwa etwas euch fur gegen hat
        hatte hatten habe haben hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in
        indem ins ist ja je jede jedem jeden jeder jedes kann kein keine keinen konnen man mehr mein
        mich mir mit muss nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen
        seiner seit selbst sich sie sind so sodass soll sollen sondern sowie uber um und uns unser
        unter vom von vor wahrend war waren was weil welche welchem welchen welcher welches wenn wer
        werden wie wieder wir wird wo worden wurde wurden zu zum zur zwar zwischen""",
    "nl": """aan al alle als ander andere bij binnen dan dat de deze die dit doch doen door dus een
        en er ge geen haar had hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen
        maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons onze ook
        op over reeds te tegen ten ter toch toen tot tussen u uit uw van veel via voor vooral waar
        want waren was wat we wel werd werden wie wij wil worden wordt zal ze zelf zich zij zijn zo
        zoals zonder zou""",
    "tr": """acaba ama ancak ayni az bana bazi belki ben beri bile bir biraz biri birkac biz bu buna
        bunda bundan bunlar bunu bunun burada cok cunku da daha de degil diger diye dolayi en gibi
        gore hala hangi hem henuz hep hepsi her herhangi hic icin ile ise iste itibaren kadar karsi
        ki kim kimi mi mu nasil ne neden nerede niye o olan olarak olduğu oldugu olmak olması olur
        ona ondan onlar onu onun oysa oyle pek ragmen sadece sana sen siz sonra soyle su suna sunu
        tarafindan tum uzere var ve veya ya yani yerine yine yok zaten""",
    "ru": """а без более больше будет будто бы был была были было быть в вам вас весь во вот все
        всего всех вы где да даже для до его ее если есть еще же за здесь и из или им их к как какая
        какой когда которая которого которое которой которые который которых кто ли либо между меня
        мне много может можно мой мы на над надо не него нее нет ни них но ну о об один она они оно
        от перед по под после потому почти при про с сам свое своей своих свой со так также такой
        там те тем то того тоже той только том тот у уже хотя чего чем через что чтобы эта эти этих
        это этого этой этом этот я""",
    "uk": """а або але без би був була були було бути в вам вас весь від він вона вони воно все всіх
        ви де для до його її ж за з зі і із їх й кожен коли ли між мене мені ми на над не неї ним
        них ні ніж о один от перед по під після при про с свій себе так також там те ти тим то того
        той тому треба тут у усі хто це цей цього через чи що щоб я як яка яке який які якщо""",
    "pl": """a aby ale bardzo bez bo by byc byl byla bylo byly ci co czy dla do gdy gdzie go i ich
        ile im inne inny ja jak jako je jednak jego jej jest jeszcze jesli juz kazdy kiedy kto ktora
        ktore ktory ktorych lub ma mi miedzy mnie moze mozna na nad nam nas nie nich nim niz no o od
        on ona one oni oraz po pod poniewaz przed przez przy sa sie sobie sposob ta tak takie takze
        tam te tego tej ten to tu tych tylko tym u w we wiele wiec wszystko z za ze""",
    "ro": """a acea aceasta aceste acest ai al ale am ar are as asa asupra atunci au avea ca care
        catre cand ce cei cele cu cum da daca dar de decat deci deja despre din dintr dintre doar
        dupa ea ei el ele era este eu fara fi fie fost iar ii il in inainte intr intre isi la le lor
        lui mai multe ne nici nu o ori pe pentru peste pot prin sa sale sau se si sub sunt toate tot
        un una unei unele unor unui va vor""",
    "id": """ada adalah agar akan antara apa apakah atas atau bagi bahwa banyak baru beberapa bila
        bisa bukan dalam dan dapat dari dengan di dia ia ini itu jika juga kami kamu karena ke
        kepada ketika kita lain lebih maka mereka namun oleh pada para pun saat saja sampai sangat
        saya sebagai sebuah secara sedang sehingga sejak seluruh semua seperti serta setelah setiap
        suatu sudah tapi telah tentang terhadap tersebut tetapi tidak untuk yaitu yang""",
    "ar": """إلى أن أو أي إن إذا أكثر ألا أم أما أنا أنت أنه أيضا التي الذي الذين اللتي بعد بعض بل
        بين به بها تحت تكون تم ثم حتى حول حيث خلال دون ذلك رغم سوف ضد ضمن على عن عند عندما غير في
        فيه فيها قبل قد كان كانت كل كما كيف لا لدى لذلك لقد لكن لم له لها لهم ليس ما مع من منذ منها
        نحو نحن هذا هذه هم هنا هناك هو هي و وقد ولا وهو وهي يكون""",
    "hi": """अपना अपनी अपने अब आदि आप इन इस इसका इसकी इसके इसे उन उनका उनकी उनके उस उसका उसकी उसके
        एक एवं ऐसे और कर करके करता करती करते करना करने का की के को कुछ कोई क्या गया गई गए जब जा जो
        तक तथा तो था थी थे द्वारा नहीं ने पर पहले फिर बाद बहुत भी में मैं यदि यह यहाँ या ये लिए
        लेकिन वह वाले वाली वे सकता सकती सकते सब सभी साथ से हम ही हुआ हुई हुए हूँ है हैं हो होता होती
        होते होना होने""",
}


def stop_words(language: str, *, fold: Callable[[str], str]) -> frozenset[str]:
    """The words of a language that a search passes over, each folded; none for an unknown one."""
    return frozenset(fold(word) for word in _WORDS.get(language, "").split())
