/** Words around names, and words that are not part of names; all folded, "-" for hyphens. */
function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Words before a person's name. `m` needs a full stop or a following capital. */
export const civilities = words(
  "m mm mr mrs ms mme mmes mlle mlles madame mesdames monsieur messieurs mademoiselle dr docteur pr professeur me maitre",
);

/** Civilities written of people, not in names of streets and prizes. */
export const shortCivilities = words("m mm mr mme mmes mlle mlles");

/** Words that link parts of a name. */
export const particles = words("de du des d la le les l van von der den el al ben ibn da dos di del della y");

/** Professions. They end a name and are evidence for it. */
export const roles = words(`
adjoint adjointe agent agente ambassadeur ambassadrice animateur animatrice architecte assistant assistante attache attachee cadre charge chargee charges chargees chef cheffe
chefs collaborateur collaboratrice commissaire conseiller conseillere consultant consultante contact contacts controleur coordinateur coordinatrice coordonnateur coordonnatrice correspondant
correspondante delegue deleguee depute deputee developpeur directeur directrice directeurs dirigeant elu elue employe expert experte gerant gerante gestionnaire gestionnaires
ingenieur ingenieure inspecteur inspectrice instructeur instructrice instructeurs interlocuteur interlocutrice interlocuteurs juriste maire manager mediateur mediatrice ministre
monteur prefet prefete president presidente presidents rapporteur redacteur redactrice referent referente referents referentes responsable responsables secretaire senateur senatrice
sous-prefet standardiste stagiaire technicien technicienne tresorier tresoriere urbaniste vice-president vice-presidente webmaster`);

/** Words of organisations, headings and addresses, which are not part of names. */
export const notNames = words(`
accueil acces accompagnement action actions adresse adresses aerien affaires agence agences agricole agriculture aide aides ami amenagement animation annexe antenne appel appels appui archeologie
archives artisanat arts assemblee associatif association associations avec banque bat batiment bibliotheque boite bp bpi bpifrance bourgogne bourse bretagne budget bureau cabinet
cadre caisse candidature cedex cellule centre cerema chambre charte cite club collectivite collectivites college comite commerce commission commune communes communaute communication competitivite
compte conseil conseils conservatoire consulat coordination cooperation courriel courrier creation cs culture culturel culturelle culturelles date ddt ddtm demande departement
departemental departementale departementales depot developpement dgal direction directions dispositif division dossier dossiers drac draaf dreal durable eau eaux echange economie economique
economiques ecologique education email emploi energie energies enseignement entreprise entreprises environnement epci equipe equipement esn espace est et etablissement etat etudes europe
europeen europeenne europeennes europeens facebook fax feader feder federation festival fiche filiere finance financement finances financier fonds fondation foret forets formation formations formulaire
france franche-comte francaise francais general generale gouvernement grand grande groupe guichet habitat hauts horaires hotel ile ile-de-france immeuble industrie info informations information infos
ingenierie innovation inscription institut instruction insertion interieur international investissement jeunesse jeunes jeux jour jours justice laboratoire leader ligne linkedin littoral livre logement
loire loisirs lot lundi mairie maison mardi marne mecenat mediatheque mel mail mer mercredi metropole ministere mission missions mobile mobilite mobilites montagne musee musees musique national nationale
nature nord normandie nos notre nouvelle nouvelle-aquitaine numerique numero occitanie office offre ouest outre-mer ouverture page parc paris partenariats partenaires patrimoine pays paysage
permanence petr plan plateforme pole politique politiques portable portail poste prefecture presse prestations production programme programmes projet projets protection public publique publiques
publics qualite quai recherche region regional regionale regionales regions renseignement renseignements reseau reseaux ressources rhone-alpes rural rurale ruralite rue salle sante savoie scientifique
secretariat secteur securite seine service services site siege siren siret social sociale sociales solidarite solidarites soutien spectacle sport sports standard structure subvention
subventions sud syndicat tel telephone territoire territoires territorial territoriale territoriales theatre tourisme transition transitions transport transports travail travaux tresor twitter union unite
universite urbain urbanisme vendredi vie ville villes vivant vos votre web www zone jeudi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
cette ces cet ce une un les pour par sur dans aux au nous vous il elle ils elles merci bonjour madame monsieur attention nota important cordialement provence alpes azur cote
sarl sas sasu scop scic eurl holding capital invest credit mutuel cooperative cooperatives federations confederation ecole ecoles lycee lycees`);

/** A name after one of these belongs to a street, a house or a prize. */
export const namesakes = words(`
rue rues avenue avenues av boulevard bd bld blvd boul place pl placette quai quais allee allees cours impasse imp chemin ch route rte square esplanade passage voie rond-point rocade promenade mail parvis pont porte
faubourg fbg sentier villa galerie cour montee parc espace hotel immeuble batiment bat residence maison centre college lycee ecole ecoles groupe-scolaire scolaire creche universite campus
institut fondation association prix trophee trophees concours bourse bourses programme programmes action actions dispositif plan stade gymnase piscine salle theatre musee hopital hospitalier
clinique clos mas domaine chateau cite zac za zi zone pole tour tours chaire loi fonds cinema mediatheque bibliotheque auditorium amphitheatre complexe ensemble station aeroport port lac mont metro arret
cabinet banque groupe laboratoire laboratoires editions maisons site technopole technoparc parking quartier hameau lieu-dit cercle club label festival conservatoire promotion`);

/** Titles between a street's word and the name: "rue du Général Leclerc". */
export const titles = words(
  "general marechal amiral colonel commandant capitaine lieutenant sergent docteur dr professeur pr president abbe saint sainte st ste pere frere soeur cardinal comte comtesse duc baron dame notre roi reine madame monsieur mme m pierre et",
);

/** People after whom many things are named. They count as people only with a civility. */
export const famousNames: ReadonlySet<string> = new Set(
  `victor hugo, jean moulin, jean jaures, jules ferry, jules verne, marie curie, pierre curie, irene joliot curie, charles de gaulle, jean monnet, robert schuman, francois mitterrand, simone veil,
simone de beauvoir, louis pasteur, leon blum, georges pompidou, antoine de saint exupery, albert camus, pierre mendes france, jacques prevert, jacques cartier, rosa parks, edgar faure, henri matisse, pablo picasso,
emile zola, honore de balzac, gustave eiffel, gustave flaubert, auguste rodin, claude monet, claude bernard, louise michel, lucie aubrac, germaine tillion, olympe de gouges, nelson mandela, joseph fourier,
blaise pascal, rene descartes, denis diderot, paul valery, paul cezanne, paul sabatier, pierre bourdieu, jean zay, jean perrin, jean rostand, jean lecanuet, jean vilar, andre malraux, michel de montaigne,
francois rabelais, jacques chirac, georges clemenceau, aristide briand, pierre semard, gabriel peri, guy moquet, frederic mistral, alain fournier, pierre fabre, martin luther king, jacques coeur, albert kahn,
arthur rimbaud, charles baudelaire, marcel pagnol, marcel proust, george sand, camille claudel, edith piaf, hubert curien, marie sklodowska curie, jean bart, paul bert, paul eluard, pierre loti, leonard de vinci,
francois arago, claude erignac, philippe seguin, philippe lamour, bernard gregory, joseph kessel, louis aragon, louis lumiere, auguste comte, anatole france, henri fabre, raymond poincare, raymond aron`
    .split(",")
    .map((name) => name.trim().split(/\s+/).sort().join(" ")),
);

/** Words that make an address a mailbox. */
export const mailboxWords = words(`
contact contacts info infos information informations accueil mairie aide aides subvention subventions culture sport sports secretariat secretaire direction directeur service services pole region departement
dept commune ville villes communication com courrier courriel europe europeen feder feader leader fse agriculture agri agro environnement economie eco developpement dev tourisme numerique habitat logement energie energies
projet projets appel appels appelaprojets aap ami candidature candidatures dossier dossiers guichet bureau cellule equipe support assistance noreply no reply ne pas repondre admin administration
webmaster presse public publics solidarite solidarites social jeunesse education patrimoine musee musees archives livre spectacle cinema musique theatre transport transports mobilite
mobilites eau eaux biodiversite nature foret bois mer littoral peche montagne rural ruralite territoire territoires collectivites collectivite entreprise entreprises emploi formation
innovation recherche international cooperation fonds fond financement finances budget marches achats juridique rh recrutement asso associations association vie associative citoyennete
plateforme portail site web conseil conseils expert experts reseau centre maison agence antenne delegation mission missions programme programmes gestion instruction depot demande demandes
hello bonjour team question questions renseignements urbanisme amenagement travaux technique investissement investissements international export industrie artisanat commerce creation reprise
transition climat air dechets economie circulaire sante prevention securite prefecture pref ddt ddtm drac draaf dreal ars ademe bpi bpifrance cerema anah anct chambre cci cma epci metropole agglo
communaute petr scot parc pnr syndicat ain alpes aquitaine ardeche auvergne bourgogne bretagne catalogne centre corse comte cote drome est ouest nord sud grand hauts ile idf france paca occitanie normandie
loire pays rhone savoie seine vosges val martinique guadeloupe guyane reunion mayotte outremer sig cnc cnl pro club festival prix concours bourse bourses stage label residence residences artistes deleg mlo alliance initiative initiatives territoriale territoriales poitou limousin gironde champagne picardie roussillon languedoc midi landes vallee bassin lac accompagnement coordination animation ingenierie observatoire laboratoire`);
