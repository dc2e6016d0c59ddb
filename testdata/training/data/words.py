"""Content words. More than half of the names are made up, so that the model learns to copy and not to recite."""

FIRST = """Mira Jonas Leila Tom Anna Omar Priya Lucas Emma Noah Olivia Liam Sofia Mateo Chloe Ethan Zoe Felix Clara Hugo
Nina Oscar Ines Pablo Marta Erik Freya Lars Astrid Sven Greta Emil Ida Karl Elsa Otto Maya Ravi Anika Arjun Deepa Kiran
Yuki Kenji Hana Akira Mei Wei Lin Jun Chen Amara Kofi Zuri Malik Fatima Yusuf Samira Karim Layla Hassan Nadia Amir Dalia
Tariq Elena Dmitri Irina Pavel Katya Boris Vera Milan Jana Petra Marek Zofia Adam Ewa Luca Giulia Marco Paola Diego
Carmen Raul Lucia Bruno Alice Henry Grace Jack Ruby Oliver Daisy Simon Julia Peter Laura David Sarah Paul Rosa""".split()

LAST = """Tolan Berg Novak Silva Moreno Keller Fischer Rossi Dubois Laurent Petrov Ivanov Kowalski Nagy Horvat Andersen
Larsen Nilsson Virtanen Sato Tanaka Kimura Park Choi Nguyen Tran Singh Patel Sharma Khan Haddad Mansour Okafor Mensah
Diallo Costa Ferreira Lopez Garcia Ortega Murphy Walsh Baker Cooper Hughes Morgan Reed Foster Hayes Brooks Price Stone""".split()

CITY = """Berlin;Oslo;Paris;Kuala Lumpur;Lisbon;Madrid;Rome;New York;Vienna;Prague;Warsaw;San Marino;Dublin;Athens;Cairo;
Nairobi;Lagos;Buenos Aires;Accra;Tunis;Dakar;Cape Town;Lima;Bogota;Quito;Santiago;Havana;Mexico City;Toronto;Montreal;
Boston;Chicago;Denver;Los Angeles;Seattle;Austin;Dallas;Salt Lake City;Tokyo;Osaka;Kyoto;Seoul;Beijing;Hong Kong;Hanoi;
Bangkok;Manila;Jakarta;Delhi;Mumbai;New Delhi;Dhaka;Colombo;Sydney;Perth;Auckland;Helsinki;Stockholm;Copenhagen;Porto Alegre;
Riga;Tallinn;Vilnius;Zurich;Geneva;Munich;Hamburg;Milan;Turin;Naples;San Diego;Seville;Valencia;Porto;Lyon;Nice;Rio Branco;
Krakow;Bergen""".replace("\n", "").split(";")

JOB = """teacher nurse baker pilot doctor lawyer driver farmer painter singer writer cook gardener plumber carpenter dentist
engineer chemist librarian waiter tailor sailor butcher florist mechanic architect journalist photographer programmer
accountant""".split()

LIKES = """tea coffee chess music running swimming cheese apples football tennis painting hiking reading dancing cooking
fishing sailing cycling poetry pizza soup rice bread honey jazz opera skiing yoga cinema puzzles gardening chocolate""".split()

COLOR = "red blue green yellow black white brown purple orange pink grey golden silver violet".split()

ANIMAL = "dog cat horse rabbit parrot turtle hamster goat duck goose pony snake lizard mouse sheep spider".split()

OBJECT = """box bag key lamp chair table clock book cup bottle jacket phone camera drum guitar ladder basket mirror candle
pillow bucket hammer wallet suitcase helmet blanket kettle vase sword carpet whistle compass""".split()

FRUIT = "apples pears plums oranges lemons cherries coins stamps books cards stones shells pens eggs tickets nuts marbles buttons".split()

MONTH = "January February March April May June July August September October November December".split()

DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def person(draw, surname=0.3):
    name = _new(draw, FIRST) if draw.chance(0.55) else draw.word(FIRST)
    if draw.chance(surname):
        name += " " + (_new(draw, LAST) if draw.chance(0.55) else draw.word(LAST))
    return name


def city(draw):
    if draw.chance(0.4):
        return draw.word(CITY)
    name = _new(draw, CITY)
    if draw.chance(0.3):
        name = draw.one(("New", "Port", "San", "Saint", "North", "South", "East", "West", "Upper", "Lake")) + " " + name
    elif draw.chance(0.1):
        name += " " + draw.one(("City", "Bay", "Hill", "Falls"))
    return name


def _new(draw, items):
    return draw.invented() if draw.chance(0.6) else draw.blended(items)


def code(draw):
    return "".join(str(draw.number(0, 9)) for _ in range(draw.number(3, 5)))


def date(draw):
    return f"{draw.one(MONTH)} {draw.number(1, 28)}"
