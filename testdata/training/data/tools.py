"""Function tools of the form verb_noun with typed parameters, and requests that do or do not need them."""

from . import words
from .grammar import expand

# what a user may say for each verb of a tool's name; single words, which every split shares
VERBS = {
    "get": ["get", "show me", "fetch", "give me", "tell me", "I need", "fetch me", "let me see", "pull up"],
    "find": ["find", "look for", "search for", "locate", "find me", "search", "look up"],
    "create": ["create", "make", "add", "set up", "prepare", "write", "make me", "generate"],
    "delete": ["delete", "remove", "erase", "get rid of", "wipe", "clear"],
    "update": ["update", "change", "edit", "modify", "adjust", "correct", "revise"],
    "send": ["send", "mail", "deliver", "ship", "send out", "forward"],
    "book": ["book", "reserve", "arrange", "make a booking for"],
    "cancel": ["cancel", "call off", "undo", "revoke", "abandon"],
    "check": ["check", "verify", "look at", "inspect", "examine", "review"],
    "start": ["start", "begin", "launch", "turn on", "run", "switch on"],
    "stop": ["stop", "halt", "turn off", "end", "pause", "switch off"],
    "order": ["order", "buy", "purchase", "pay for", "buy me"],
    "print": ["print", "print out", "put on paper"],
    "rent": ["rent", "hire", "lease"],
    "share": ["share", "publish", "post"],
    "track": ["track", "follow", "trace", "keep an eye on"],
    "open": ["open", "unlock", "open up"],
    "close": ["close", "lock", "shut"],
    "count": ["count", "add up", "count up"],
    "rate": ["rate", "score", "grade"],
}

NOUNS = """hotel;flight;weather;recipe;email;invoice;train ticket;message;meeting;reminder;alarm;note;song;playlist;movie ticket;
taxi;restaurant;table;room;package;parcel;exchange rate;stock price;order;account;password;profile;photo;video file;album;
event;calendar entry;task;project;report;contract;bill;payment;refund;loan;insurance plan;coupon;product;cart;shipment;
delivery;appointment;doctor visit;prescription;lab result;course;lesson;exam date;homework;book;magazine;library card;map;
route;bus schedule;ferry;parking spot;car;bike;scooter;engine;battery;lamp;heater;door;window;washing machine;oven;camera;
printer job;server;backup;database;log file;user group;ticket;survey;poll;vote;comment;review;blog post;newsletter;web page;
phone call;voice message;contact;address;birthday card;gift;flower bouquet;pizza;cake;coffee machine;menu;tour;museum pass;
concert;match result;team;player;training plan;workout;diet plan;sleep report;water bill;power plant;garden plan;tree;
pet food;horse;boat;cabin;tent;ski pass;visa;passport;tax form;salary;budget;expense;bonus;job offer;interview;
translation;dictionary;poem;story;picture;drawing;statue;key;locker;safe;badge;elevator;robot;drone;sensor;valve;pump""".replace("\n", "").split(";")

TITLES = "weekly plan;red team;first draft;blue sky;shopping list;big news;open day;summer trip;new office;green garden;final call;short story;home page;last chance;happy hour;quick start".split(";")


SIZES = ["small", "medium", "large"]


def _title(draw):
    return draw.word(TITLES) if draw.chance(0.5) else draw.common(words.COLOR) + " " + draw.invented(capital=False)


# name: (type, descriptions, value, phrasings that need no name)
PARAMETERS = {
    "city": ("string", ["City name", "The city", "Name of the city"], words.city, ["in {v}"]),
    "person": ("string", ["Name of the person", "Who it is for", "The person"], words.person, ["for {v}"]),
    "destination": ("string", ["Where to go", "Destination city", "The target"], words.city, ["to {v}", "going to {v}"]),
    "origin": ("string", ["Where to start", "Origin city", "The source"], words.city, ["from {v}", "starting from {v}"]),
    "date": ("string", ["Date", "The day", "Day of the month"], words.date, ["on {v}", "for {v}"]),
    "weekday": ("string", ["Day of the week", "The weekday"], lambda d: d.one(words.DAY), ["on {v}", "this {v}"]),
    "time": ("string", ["Time of day", "The time"], lambda d: f"{d.number(1, 23)}:{d.one(('00', '15', '30', '45'))}", ["at {v}", "around {v}"]),
    "days": ("integer", ["Number of days", "How many days"], lambda d: d.number(1, 30), ["for {v} days", "over {v} days"]),
    "hours": ("integer", ["Number of hours", "How many hours"], lambda d: d.number(1, 48), ["for {v} hours", "within {v} hours"]),
    "count": ("integer", ["How many", "Number of items"], lambda d: d.number(1, 99), ["{v} times", "{v} of them"]),
    "price": ("number", ["Price limit", "Highest price"], lambda d: d.number(5, 900), ["below {v} dollars", "up to {v} dollars"]),
    "color": ("string", ["The color", "Color name"], lambda d: d.common(words.COLOR), ["in the color {v}"]),
    "title": ("string", ["Title text", "The title"], _title, ["called \"{v}\"", "named \"{v}\"", "with the title \"{v}\""]),
    "text": ("string", ["Text to use", "The text"], _title, ["saying \"{v}\"", "with the text \"{v}\""]),
    "code": ("string", ["Code", "The code"], words.code, ["with code {v}", "using code {v}"]),
    "size": ("string", ["The size", "Size"], lambda d: d.one(SIZES), ["in size {v}", "in {v}"]),
}
PLAIN = """level speed weight height room floor page channel volume priority mode region owner sender receiver team street
country language format category author teacher driver number amount limit distance group table seat gate zone shelf
start_date end_date user_name order_id account_id phone_number zip_code file_name room_number max_price""".split()
NAMED = expand("(|with |with the |using |using the |for |and the |at |its ){n} {v}", "(the |where the |and the |if the |when the |so that the |){n} (is|being|must be|should be) {v}", "(|the |with ){n}(: | = ){v}",
               "(set|setting|change|put) (the |){n} to {v}", "(with|use|using|take|and|choose|enter|pick|give it) {v} as (the |its |my |){n}")
ABOUT = ["{V} {a} {n}.", "{V} {a} {n} for the user", "Use this to {v} {a} {n}", "{V} {a} {n} in the system", "Can {v} {a} {n}",
         "{V} one {n}", "A function to {v} {a} {n}", "{V} {a} {n} now"]


def _plain(draw):
    """The name of a parameter that has no phrasing of its own."""
    return draw.blended(PLAIN) if draw.chance(0.3) else draw.word(PLAIN)


class Tool:
    """A tool with its definition for the template and the values of one request."""

    def __init__(self, draw, verb, noun):
        self.verb, self.noun = verb, noun
        self.name = f"{verb}_{noun.replace(' ', '_')}" if noun not in NOUNS or draw.chance(0.9) else verb + noun.title().replace(" ", "")
        self.fields = {}
        known = draw.sample(sorted(PARAMETERS), draw.one((0, 1, 1, 2)))
        plain = [_plain(draw) for _ in range(draw.number(0 if known else 1, 1))]
        names = known + plain
        draw.rng.shuffle(names)
        # "in", "on" and "for" each may introduce one value only
        if {"city", "color", "size"} & set(names) and len({"city", "color", "size"} & set(names)) > 1:
            names = names[:1]
        if {"date", "weekday"} <= set(names) or {"person", "date"} <= set(names):
            names.remove("date")
        for name in names:
            if name in PARAMETERS:
                kind, about, value, phrasings = PARAMETERS[name]
                self.fields[name] = (kind, draw.one(about), value, phrasings)
            else:
                numeric = draw.chance(0.4)
                value = (lambda d: d.number(1, 999)) if numeric else draw.one((words.person, words.city, words.code))
                self.fields[name] = ("integer" if numeric else "string", draw.one(("The {}", "{} to use", "Value of {}")).format(name.replace("_", " ")), value, [])
        self.optional = draw.one(names) if len(names) > 1 and draw.chance(0.25) else None
        self.described = draw.chance(0.85)
        article = "an" if noun[0] in "aeiou" else "a"
        self.about = draw.one(ABOUT).format(V=verb.capitalize(), v=verb, a=draw.one((article, "the")), n=noun)

    def definition(self, draw):
        properties = {}
        for name, (kind, about, _, _) in self.fields.items():
            properties[name] = {"type": kind, "description": about} if self.described else {"type": kind}
            if name == "size" and self.described:
                properties[name]["enum"] = SIZES
        function = {"name": self.name}
        if self.about:
            function["description"] = self.about
        function["parameters"] = {"type": "object", "properties": properties,
                                  "required": [n for n in self.fields if n != self.optional]}
        return {"type": "function", "function": function}


def noun(draw):
    if draw.chance(0.5):
        return draw.blended(NOUNS) if draw.chance(0.6) else draw.invented(capital=False)
    return draw.word(NOUNS)


def toolbox(draw, count):
    """Different tools. Some share the verb or the noun with an earlier one, never both."""
    tools = []
    while len(tools) < count:
        verb, name = draw.one(sorted(VERBS)) if draw.chance(0.85) else "get", noun(draw)
        if tools and draw.chance(0.2):
            name = draw.one(tools).noun
        if all((t.verb, t.noun) != (verb, name) for t in tools):
            tools.append(Tool(draw, verb, name))
    return tools


HELLO = "Hello|Hi|Hey|Good morning|Hi there|Hello there"
OPENING = expand(
    "(Please|Now|Next,|Just|First,|Now please|Next, please|Quickly|At last) ", "(Can|Could|Would|Will) you (please |kindly |now |)", "(I want|I would like|I ask|We need|I need|We want) you to (please |)",
    f"({HELLO})(, please|, can you|, could you|, would you|! Please|! Can you|! I want you to|, I need you to) ",
    "(Help me|Quick request|My request|One thing|A task|To do|Next task)(: |: please |, please )", "(Go ahead and|Be so kind and|It would be great if you could|Do me a favour and|It is time to|I would be happy if you could) ")
CLOSING = expand(
    "(.|?|!)", "(, please| now| today| right away| for me| as soon as possible| when you can| at once| if you can| this time|, will you)(.|?|!)",
    "(.|,|!|, please.|?) (Thanks|Thank you|Thank you so much|Many thanks|Thanks a lot)(.|!)", "(.|!|, please.|?) (That is all|It is important|I am in a hurry|Be quick|It is urgent|I am waiting|It has to be done)(.|!)")
QUESTION = expand(
    "(What is|What's|How is|Tell me, what is|I wonder what is|What about|Please, what is|Quickly, what is|Do you know|Can you tell me|Could you tell me|Please tell me|Can you show me) the ",
    f"({HELLO})(, |! )(what is|can you tell me|tell me|do you know|please tell me) the ")


def request(draw, verb, noun_text, details=()):
    if verb == "get" and draw.chance(0.35):
        return draw.part(QUESTION) + noun_text + "".join(" " + detail for detail in details) + "?"
    article = draw.one(("the ", "a ", "my ", "this ", "")) if noun_text[0] not in "aeiou" else draw.one(("the ", "an ", "my ", ""))
    text = (draw.part(OPENING) if draw.chance(0.7) else "") + draw.one(VERBS[verb]) + " " + article + noun_text
    for i, detail in enumerate(details):
        text += draw.one((" ", " ", ", ", " and ") if i else (" ", " ", ", ")) + detail
    text += draw.part(CLOSING) if draw.chance(0.75) else ""
    return text[0].upper() + text[1:] if draw.chance(0.85) else text


def asked(draw, tool):
    """A request for this tool: the user's text and the arguments that it names, in the order of the definition."""
    arguments, details = {}, []
    for name, (_, _, value, phrasings) in tool.fields.items():
        if name == tool.optional and draw.chance(0.5):
            continue
        arguments[name] = value(draw)
        spoken = name.replace("_", " ")
        if phrasings and draw.chance(0.65):
            details.append(draw.one(phrasings).format(v=arguments[name]))
        else:
            details.append(draw.part(NAMED, n=spoken, v=arguments[name]))
    if draw.chance(0.4):
        draw.rng.shuffle(details)
    return request(draw, tool.verb, tool.noun, details), arguments
