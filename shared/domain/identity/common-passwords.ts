/**
 * Passwords of eight characters and more that guessers try first, in lower case: the head of the frequency list that
 * zxcvbn 4.4.2 carries (Dropbox, MIT licence; drawn from public breaches), with what is common in Spanish and in our
 * customers' trade. Left out: obscene words, and what the rules for predictable passwords catch without a list.
 */
export const COMMON_PASSWORDS = `
0.0.0.000 01020304 0192837465 0o9i8u7y 10203040 1020304050 10293847 1029384756 11001001 11223344 1122334455
112233445566 11235813 1123581321 12131415 1232323q 123581321 12qw34er 12qwaszx 13243546 134679852 1357908642 135792468
1357924680 135798642 14725836 14785236 14789632 147896325 15426378 159753456 18436572 19283746 192837465 19411945
1a2b3c4d 1a2s3d4f 1michael 1million 1mustang 1passwor 1password 1q2q3q4q 1q2w3e4r 1q2w3e4r5 1q2w3e4r5t 1q2w3e4r5t6y
1qw23er4 1x2zkg8w 1z2x3c4v 1z2x3c4v5b 22446688 23skidoo 24681012 25800852 31415926 3rjs1la7qe 44332211 45m2do5bs
4815162342 55bgates 5wr2i7h8 73501505 74108520 741258963 741852963 789632145 7ugd5hip2j 8j4ye3uz 911turbo 918273645
9293709b13 963258741 963852741 99762000 a1a2a3a4 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 aardvark aberdeen abnormal
abracadabra abrakadabra acapulco acceso123 access14 access99 achilles acidburn adgjmptw admin123 administracion
administrador administradora administrator adrenalin aerosmit agent007 airbnb123 airborne airforce airplane alabama1
albatros alcatraz alejandr alejandra alejandra1 alejandro alejandro1 aleksandr aleksandra alessand alessandro alex1234
alexande alexander1 alexandr alexandre alicante alicante1 aligator alleycat allison1 allnight allstate alojamiento
alpha123 alphabet alquiler alquiler1 alquiler123 alterego amateurs ambrosia america1 amethyst amistad1 amorcito
amormio1 amsterda amsterdam anabelen anaconda anamaria anastasi anastasiya andalucia andalucia1 andromed andromeda
andyod22 angel123 angel666 angelito angelito1 anhyeuem antelope anthony1 anthony7 antonio1 apartamento apartamento1
apartamento123 apartamentos apollo11 apollo13 apple123 applepie aquarius archange architec argentin arizona1
armageddon armagedon armstron arsenal1 aspirine assassin asslover assmunch athletic athletic1 atlanta1 atlantis
atletico atletico1 atleticodemadrid atreides augustin austin31 australi avalanch awesome1 azsxdcfv babemagnet baberuth
babybear babyblue babycake babydoll babyface babygirl babylon5 babylove backbone backdoor badabing bajingan balloons
baltimor baracuda barbados barcelon barcelona barcelona1 barcelona10 barefeet barefoot baritone barselona baseball
baseball1 basketba basketbal batman12 bcfields bearcats beatles1 beautifu beckham7 beefcake beethove bellagio
benessere benidorm benidorm1 bergkamp bernhard bettyboo bettyboop bienvenida bienvenido bienvenidos bigballs bigblack
bigblock bigbooty bigbucks bigdaddy bigmoney bigpoppa bigtruck billabon billabong billybob billyboy binladen biohazard
bionicle bismarck bismilla bismillah blackberry blackbir blackbird blackcat blackdog blackhaw blackhawk blackice
blackjac blackjack blacklab blackops blackout blessing blink182 blizzard blowfish blue1234 blueball bluebell blueberr
bluebird blueeyes bluefish bluejays bluemoon bluesman bluestar bobafett bobdylan bobmarley bonehead bonita123 booking1
booking123 bookworm bordeaux borussia bradley1 brandon1 brighton broncos1 brooklyn browndog brucelee bubba123 bubbles1
buckeyes buckshot budapest buddy123 buddyboy buddydog budlight budweise budweiser buenosdias buffalo1 bukowski
bulldog1 bulldogs bullfrog bullseye bunghole buster12 bynthytn cabernet cadillac caliente californ caligula calimero
callisto camaross cambiame cambiame1 cambiami cambiar123 cambridg cameron1 canarias canarias1 candyman cannibal
cantona7 capetown capitals capoeira capricor capricorn capslock captain1 caramelo caramelo1 cardinal care1839 carebear
carino12 carlitos carnival carolina carolina1 carpedie carpediem carpente cartagena cartman1 cartoons casablanca
casanova casarural cashflow cashmone cashmoney cassandr cataluna catalunya catfight catherin catwoman cavalier
cbr900rr cdtnkfyf cerberus cfitymrf chainsaw challeng champion changeme changeme1 changeme123 chargers charisma
charles1 charlie1 charlie2 charlott charlton checkers checkmat cheerleaers chelsea1 cherokee cherries cheshire
chester1 chevelle chevrole chevrolet chevys10 chewbacc cheyenne chicago1 chicken1 chickens chickenwing101 chipmunk
chiquita chiquitin chiquito chocolat chocolate1 chopper1 chris123 chrisbln christia christin christma christop
christophe chrysler chuckles churchil cinnamon civilwar cjkysirj clarinet classics claudia1 clave123 clave1234
claymore cleopatr clevelan clippers close-up cnfybckfd cobra427 cocacola cocacola1 coldbeer coldplay colombia colorado
coltrane comanche commande commando computer computer1 concorde concrete consumer contortionist contrasena
contrasena123 contrasenya cooldude coolhand coolness copenhag corazon1 corazon123 corazoncito cordoba1 corleone
cornhole corvette cosworth coventry cowboys1 crazybab crazyman creampie creative creepers crescent cricket1 cristina
cristina1 crjhgbjy crusader crystal1 cucumber culinary cutiepie cyclones cygnusx1 daisydog dallas22 daniel12 dannyboy
daredevi daredevil darkange darkangel darklord darkness darkside darkstar darthvad david123 daydream dbrnjhbz deadhead
deadpool deadspin death666 deathnote deepthroat deerhunt deeznuts deeznutz default1 defender deftones delpiero
demon666 deportivo deportivo1 derparol designer destiny1 detroit1 devil666 devildog devilman dfcbkbcf dfktynby
dfktynbyf diamond1 diamonds diciembre diciembre1 dietcoke digital1 dilbert1 dilligaf dima1995 dingdong dinosaur
dinosaurio dios1234 diosesamor dipstick dirtbike dirtydog discover dkflbckfd dkflbvbh doberman dodgeram dodgers1
doghouse dogpound dolemite dolphin1 dolphins domenico domingo1 dominika dominion dominiqu dontknow doomsday dortmund
doughboy douglas1 downhill dragon01 dragon12 dragon123 dragonba dragonball dragonballz dragonfl dragonfly dragster
dreamcas dreamcast drowssap drpepper drummer1 dthjybrf dtkjcbgtl dtxyjcnm dutchess dutchman dynamite earnhard earthlin
earthlink eastside eastwood eatmenow eclipse1 eduardo1 eggplant einstein ejaculation ekaterina elcamino eldiablo
eldorado electric electron elefante elephant elisabet elizabet elizaveta enforcer engineer england1 enternow enterpri
enterprise entrar123 ericsson escalade escorpio espana123 espanya1 espanyol esperanza esperanza1 espresso estrella
estrella1 estrellita eternity euphoria evangeli evangelion everlast evolutio excalibu excalibur explorer f00tball
fairlane familia1 familia123 fandango fantasia fantasy1 fantomas farscape fastball favorite2 favorite6 fearless
feathers federico feelgood felicidad fellatio fernanda1 fernando fernando1 ferrari1 fgtkmcby fhvfutljy fidelity
finalfantasy fireball firebird fireblad firefigh firehawk firestorm firewall fishbone fishcake fisherma fisherman
fishhead fishing1 fishtank fivestar fkbyjxrf fktrcfylh fktrcfylhf flamengo flamingo flashman flathead flexible
flipflop flipper1 florida1 flounder flvbybcnhfnjh flyers88 football football1 fordf150 foreplay foreskin forever1
forgetit formula1 forsaken foxylady francesc francisc francisco francisco1 frankie1 freckles frederik freebird
freedom1 freedom2 freefall freeuser freewill frenchie friday13 friends1 friendster front242 frontier fuengirola
fujifilm fullback fullmoon funstuff funtimes fussball futurama futyn007 fuzzball fyfcnfcbz fyfnjkbq fyutkbyf fyutkjxtr
gabriel1 gabriela gabriela1 gabriell gallaries gamecube gameover gandalf1 gangbang gangbanged gangster gannibal
garfield gargoyle gateway1 gateway2 gatito123 gatorade gbhfvblf general1 genesis1 georgia1 gerona123 geronimo gesperrt
gestor123 gestora123 getmoney gfgfvfvf gfhjkm123 gfhjkmgfhjkm ghbdtn123 ghbdtnbr ghbdtndctv ghbdtnrfrltkf ghblehjr
ghbywtccf ghhh47hj7649 ghjcnbnenrf ghjcnjgfhjkm ghjcnjnfr ghjuhfvvf ghostrider gianluca gigabyte gizmodo1 gladiato
gladiator glendale godbless godfathe godfather godsmack godspeed godzilla gogators goldeney goldeneye goldfing
goldfish goldstar goldwing golfball good123654 goodgirl goodluck goodtime goodyear goofball gordon24 gotohell granada1
graywolf greatone greedisgood green123 greenbay greenday greenman gregory1 greywolf groupd2013 gsxr1000 gtnhjdbx
guardian guillaum guillerm guillermo guillermo1 guinness hairball halflife hallo123 hallowee handball handyman
hannibal happines happy123 happyday happyman hardball hardrock hardwood harrypotter hattrick hawaii50 hawaiian
hawkeyes hawthorn hayabusa heather1 hedgehog heineken hellfire hello123 hellokitty hellsing hellyeah hercules herewego
hermosa1 hetfield highbury highheel highland highlander highlife hillbill hillside hola1234 hola12345 holamundo
hollywoo homemade homepage hondacbr honeybee honeybun hongkong honolulu hooligan hoosiers hooters1 horseman hostal123
hotel1234 hotgirls hotstuff hounddog housewifes houston1 htubcnhfwbz huesped123 huespedes hugoboss hunter12 hurrican
huskers1 hyperion icecream icehouse idontkno idontknow ihateyou ilikepie illmatic illusion ilovegod iloveyou iloveyou1
iloveyou2 ilya1234 immortal implants india123 infiniti infinity inmobiliaria insomnia inspiron interacial intercourse
internet intrepid intruder inuyasha invierno invierno1 invierno2025 invitado invitado1 ireland1 irishman ironmaiden
islander istanbul istheman italiano iverson3 jackson1 jackson5 james007 james123 jamesbon jamesbond japanees jasmine1
jayhawks jediknig jeepster jefferso jeffrey1 jellybea jellybean jennifer1 jessica1 jessica2 jesucristo jesus123
jesus777 jiggaman johannes johncena johndeer johngalt johnson1 jordan23 joseluis joseluis1 josemanuel josemaria
josephin joystick juancarlos juancarlos1 junkmail jupiter1 jupiter2 jurassic just4fun justdoit justice1 justinbieber
juventus kakashka kamikadze kamikaze kangaroo karolina katarina katerina kawasaki kazantip kcchiefs kcj9wx5n kenneth1
kenworth keyboard keystone kikimora kingfish kingkong kingston kissmyas kittycat kittykat kjrjvjnbd kleopatra klondike
knickers knockers knuckles komputer konstantin kordell1 koroleva krasotka kristen1 kristin1 krokodil labrador
lacrimosa lacrosse laetitia lakeside lakewood lalakers lamborghini lancelot lanzarote lapochka laserjet lasllaves
lasvegas lavalamp leavemealone lebowski leedsutd left4dead lemonade lenochka leonidas letmein1 letmein123 letmein2
letmesee letsdoit lfitymrf libertad libertad1 liberty1 lifehack lighthou lightnin lightning lilwayne limewire limpieza
limpieza1 limpieza123 lincoln1 lineage2 lionhear lionheart lionking livelife liverpoo liverpool liverpool1 livewire
ljxtymrf llaves123 lockdown lockerroom logitech lokomotiv lollipop lollypop lonesome lonestar lonewolf longdong
longhair longhorn longjohn losangeles love1234 lovehate lovelife loverboy loverman lowrider lucky123 luckydog luckyone
ludacris lunchbox macaroni macdaddy macgyver macintos madagaskar madala11 madison1 madonna1 madrid123 madrid2024
magellan magic123 magician magicman mailcreated5240 majestic makaveli makeitso maksimka malaga123 mallorca mallorca1
mallrats mamacita mamapapa mamochka manager1 manchest manchester mandarin mandarina mandingo mandrake mannheim
manuel123 manunited manzana1 maradona marathon marauder marbella marbella1 marcello marcius2 margarit margarita
margarita1 maria123 mariacarmen mariajesus mariajose marijuan mariners marines1 marino13 mariposa mariposa1 mariposas
marlboro marseill marseille maryjane masamune maserati mash4077 master12 master123 mastermind matchbox matthew1
matthias maurizio maverick maxpower maxwell1 mazafaka mazda323 mazda626 mazdarx7 meatball meathead meatloaf mechanic
megadeth megatron melanie1 melissa1 menorca1 mephisto mercedes mercury1 meridian mersedes metallic metallica
metallica1 miamor123 michael1 michael2 michelle1 michigan miclave1 micontrasena micontrasena1 microlab microphone
microsof microsoft midnight miercoles miguelangel miguelangel1 mike1234 milamber millenium millwall minecraft minimoni
minnesot mischief misecreto misfit99 mississi mistress mivida123 modelsne mojojojo molly123 mollydog monalisa money123
moneyman mongoose monkey12 monkey123 monkeybo monkeyboy monolith monopoly monster1 montana1 montecar monterey
montgom240 montreal montrose moonbeam moonligh moonlight moonshin morpheus morrowind mortgage mortimer motherlode
motocros motocross motorola mountain mudvayne multiplelo munchkin mushroom musicman mustang1 mustang2 mustang5
mustang6 mustangs myfriend mynameis mypassword myspace1 myxworld nancy123 nascar24 nastenka natalie1 natasha1 natedogg
nathanie nautilus navidad1 navidad2025 navigator navyseal ncc1701a ncc1701d ncc1701e ncc74656 nebraska nemrac58
netscape nevermin nevermind nevermore newcastl neworder newyork1 nightmar nightowl nightwin nightwish nineball
nineinch nintendo nirvana1 nocturne nokia123 nokia5130 nokia5530 nokia5800 nokia6233 nokia6300 nokian73 nolose123
noname123 nopassword normandy nosferatu nostromo notebook nothing1 notredam nounours noviembre nthvbyfnjh ntktdbpjh
nuttertools nwo4life nygiants oblivion obsidian olvidada opendoor operator optimist osasuna1 otono2025 outsider
overlord p0015123 p0o9i8u7 p4ssw0rd p@ssw0rd pa55w0rd pa55word packers1 paintbal paintball pakistan paladin1 pallmall
palmtree pamplona panasoni panasonic pantera1 panther1 panthers pantyhos papabear papamama paperino papillon paradigm
paradise paramedi parlament pasadena passcode passmast passport passw0rd passwor1 password password01 password1
password11 password12 password123 password1234 password2 password9 password99 passwords passwort patches1 pathfind
patricia1 patrick1 patriots pavement pavilion peaches1 pearljam peekaboo penetration penguin1 penguins pennywis
penthous perfect1 perrito1 perrito123 pertinant peterbil peterpan petrovich phantom1 pharmacy phialpha philippe
phillies phoenix1 pianoman pictuers piercing pineappl pineapple pinetree pingpong pinkfloy pinkfloyd pinnacle pipeline
pippen33 piramida pitchers pizzahut pizzaman plastics platinum platypus playball playmate playstat playstation
playtime plymouth pokemon1 polniypizdec0211 poohbear pool6123 poophead popcorn1 porkchop porsche1 porsche9 portland
portugal poseidon powerman preacher preciosa precious predator presario presiden primavera primavera1 princesa
princesa1 princesa123 princesita princess princess1 pringles private1 priyanka prueba123 prueba1234 pruebas123
pufunga7782 pumpkin1 pumpkins punisher punkrock puppydog q1q2q3q4q5 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q2w3e4r5 qawsedrf
quant4307s r2d2c3po radiohea radiohead ragnarok raiders1 rainbow1 rainbow6 rainbows rainyday raistlin rammstein
rangers1 rasputin rastaman raymond1 realbetis realmadrid realmadrid1 realsociedad rebecca1 recepcion recepcion1
recepcion123 reckless redalert redbaron reddevil reddwarf redheads redlight redskins redwings reloaded remingto
renegade reservas reservas1 reservas123 revoluti revolver rfgbnjirf rfhfvtkmrf rfhfylfi rfhnjirf rfnthbyf rfntymrf
rfvfcenhf rhbcnbyf rhfcfdbwf rhfcjnrf rhjrjlbk rhtdtlrj ricardo1 riccardo richard1 riffraff rightnow riverrat riversid
rjhjktdf rjirfrgbde rjycnfynby roadking roadrunn roadrunner roadster roberto1 robotech robotics rockford rockhard
rocknrol rocknroll rockstar rocky123 rolltide romashka ronaldinho roosters root1234 rootbeer rosamaria rosebud1
rosewood runescape rush2112 rushmore rustydog sabrina1 sailboat salamanca salamander salasana salvator samantha
sammy123 samsung1 sandia123 sandiego sandman1 sandrine santander santiago1 sapphire sarajevo saratoga sasha123
sasha_007 satan666 sausages saxophon scarface scheisse scirocco scoobydo scoobydoo scooter1 scorpio1 scorpion
scorpions scotland scrabble scrapper screamer screwyou seahawks sealteam sebastia sebastian sebastian1 secret123
secreto1 secreto123 security seductive segblue2 seinfeld semanasanta seminole semperfi senators sentinel sephirot
sephiroth septembe septiembre serenity sergbest sersolution service1 sevilla1 sevilla123 sevillafc sfgiants shadow12
shamrock shaney14 shannon1 sheepdog sherlock shinigami showtime shredder sidekick sigmachi silverad silverado simpsons
singapor sinister sithlord skateboard skeeter1 skinhead skipper1 skittles skorpion skydiver skywalke skywalker
slamdunk slapnuts slapshot slimshad slimshady slipknot slippery slowhand smackdow smackdown smashing smeghead smirnoff
smirnova smoothie snapshot sneakers snickers snoopdog snowball snowbird snowboar snowboard snowflak snuggles soccer10
soccer11 soccer12 socrates softball softtail software sojdlg123aljg sokolova solitude sonyericsson sooners1 sopranos
soso123aljg soulmate southpar southpark southpaw spaceman sparhawk sparkles spartan1 spartans special1 specialk
spectrum spencer1 spiderma spiderman spiderman1 spitfire splinter spongebo spongebob sprinter sprocket squerting
squirrel srinivas stallion stanislav stanley1 starbuck starcraf starcraft stardust starfire starfish stargate starligh
starlight starlite starship start123 startrek starwars starwars1 steelers stephani stephen1 stewart1 stickman stigmata
stiletto stingray stocking stonecol stonecold stonewal stoppedby stranger stratfor strawber strawberry streaming
success1 summer99 sundance sundevil sunflowe sunflower sunlight sunnyday sunshine sunshine1 super123 superfly
superhost superhost1 superman superman1 supernov supernova supersonic supersta superstar surveyor survivor svetlana
sweetnes sweetness sweetpea swimming swinging swordfis swordfish sylveste syncmaster syracuse tacobell taekwondo
tailgate talisman tamerlan tampabay tangerin tarheels tarragona tazmania teamo123 teamomucho technics teddybea
teddybear telephon temporal temporal1 temporary tenerife tenerife1 tennesse tequiero tequiero1 tequieromucho terminat
terminator terrapin test1234 testing1 testing123 thailand thanatos thankyou thebeast thedoors theforce thegreat
therock1 thetruth thirteen thisisit thuglife thumbnils thumper1 thunder1 thunderb tiberius tiburon1 tickling ticklish
ticktock tiffany1 tiger123 tigercat timothy1 timoxa94 tinkerbe tinkerbell titanium titleist tkbpfdtnf tokiohotel
tomahawk tommyboy toonarmy topolino topsecret toriamos torremolinos tortilla tortoise tottenha tottenham toulouse
translator traveler treasure treefrog trfnthbyf triangle trinitro trinitron trinity1 trombone trooper1 trouble1
trucking trueblue truelove truffles trumpet1 trustno1 tucontrasena tunafish turismo1 turismo123 turkey50 twilight
ultimate umbrella underdog undertak undertaker universa user1234 username usmarine usuario1 usuario123 vacaciones
vacaciones1 vacation vagabond valenciacf valentin valentina valentina1 valeriya valhalla valkyrie valladolid valleywa
vampire1 vancouve vanessa1 vanguard vanhalen vasilisa vauxhall vendetta verano123 verano2023 verano2024 verano2025
verano2026 verbatim veronica veronica1 veronika vfhbyjxrf vfhufhbnf vfitymrf vflfufcrfh vfntvfnbrf vfrcbvrf vfvfgfgf
victory1 viewsoni viewsonic vikings1 viktoria viktoriya vincent1 violetta vipergts virgencita vivaespana vivitron
vjqgfhjkm vkontakte vladimir vladislav vodafone volkswag volleyba voyager1 vqsablpzla vsjasnel12 wachtwoord wanderer
warcraft warcraft3 wareagle warhamme warhammer warrior1 warriors washingt waterboy waterfal waterloo waterski wdtnjxtr
weare138 webhompas webmaste webmaster websol76 websolutions wednesda welcome1 welcome123 welcome2 wellingt werewolf
westside westwood wg8e3wjf whatever whiplash whiskers whistler whiteboy whiteout whitesox whocares whoknows wildbill
wildcard wildcats wildfire wildwood william1 windmill windsurf winston1 winter99 wishbone wolfgang wolfpack wolverin
wolverine wonderboy wonderfu woodland woodstoc wp2003wp wrangler wrestlin wrinkle1 wrinkles yamahar1 yankees1 yankees2
yaroslav yeahbaby yfcntymrf yjdsqgfhjkm yogibear yosemite z1x2c3v4 z1x2c3v4b5 zachary1 zanzibar zaragoza zaragoza1
zeppelin zerocool zildjian zxasqw12
`;
