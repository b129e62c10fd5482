/**
 * Common first names of people in France, folded, of all ages and origins. Names that are mainly words or places (France, Lorraine,
 * Marine, Rose, Victoire, Pays) are left out; a civility still reveals them.
 */
export const firstNames: ReadonlySet<string> = new Set(
  `
abdel abdelkader abdellah abdou adam adama adele adeline adrien adrienne agathe agnes ahmed aicha aime aimee alain alan alban alberic albert alberte albin
alessandro alex alexandra alexandre alexia alexis alfred ali alice alicia aline alison alix alizee allan aloïs aloise alphonse amandine amaury ambre amel amelie
amina aminata amine amir amira anael anais anastasia anatole andre andrea andree angela angele angelina angeline angelique anissa anita ann anna annabelle anne
annette annick annie anouk anthony antoine antoinette antonin antonio arianne ariane aristide arlette armand armande armelle arnaud arsene arthur assia astrid
aubin aude audrey auguste augustin augustine aurelie aurelien aurore axel axelle ayoub aymeric aziz baptiste barbara barnabe barthelemy bastien baudouin beatrice
benedicte benjamin benoit berenice bernadette bernard berthe bertille bertrand bilal blaise blanche blandine boris boubacar brahim brendan brice brigitte bruno
camille candice capucine carine carl carla carlos carmen carole carolina caroline casimir cassandra caterina catherine cecile cecilia cedric celeste celestin celestine
celia celine cesar chantal charlene charles charline charlie charlotte cheikh cherif chloe christel christele christelle christian christiane christine christophe
claire clara clarisse claude claudette claudia claudie claudine clea clelia clemence clement clementine cleo clothilde clotilde colette colin coline colombe come
constant constantin cora coralie corentin corinne cornelia cyprien cyriaque cyril cyrille cyrielle damien daniel daniele danielle dany daphne david deborah delia
delphine denis denise desire desiree didier dimitri djamel djamila dominique donatien donatienne dorian doriane dorine dorothee driss edgar edith edmond edouard
edwige eglantine elea eleonore eliane elias elie eliette eliot elisa elisabeth elise elizabeth ella ellen elodie eloise elsa elvire emeline emeric emile emilie
emilien emilienne emma emmanuel emmanuelle enora enzo eric erica erick erika ernest erwan erwann esteban estelle esther ethan etienne eugene eugenie eva evan
evelyne evrard fabian fabien fabienne fabiola fabrice fadila faiza fanny farid farida fatiha fatima fatma fatou fatoumata faustine felicie felicite felix ferdinand
fernand fernande fernando ferroudja fiona firmin flavie flavien fleur flora florence florent florentin florian floriane florine francesca francine francis francisco
franck francois francoise frank frederic frederick frederique gabin gabriel gabriela gabrielle gael gaelle gaetan gaetane garance gaspard gaston gauthier gautier
genevieve geoffrey geoffroy georges georgette gerald geraldine gerard germain germaine ghislain ghislaine gilbert gilberte gildas gilles gina ginette gisele giselle
giulia gladys gontran goulven gregoire gregory guenael guenaelle guilhem guillaume guillemette gustave guy gwenael gwenaelle gwendal gwendoline gwenola gwladys habib
hafid hakim halima hamid hamza hanane hannah harold harry hassan heidi helena helene heloise henri henriette herve hicham hilaire hippolyte honore honorine houria
hubert hugo hugues huguette ian ibrahim ibrahima idir idriss ignace igor ilan iliana ilona imane ines ingrid irene irina iris irma isaac isabel isabelle isaure isidore
ismael issa ivan jacky jacob jacqueline jacques jade jamal jamel jamila jan jane janick janine jasmine jasper jawad jean jeanine jeanne jeannette jeannine jenna
jennifer jeremie jeremy jerome jessica jessie jessy jihane joachim joan joana joanna jocelyn jocelyne joel joelle joffrey johan johann johanna johanne john johnny
jonas jonathan jordan jordane jose josee joseph josephine josette joshua josiane josselin josue joyce juan judicael judith jules julia julian juliana julianne julie
julien julienne juliette justin justine kader kamel karen karin karim karima karine karl katell katherine kathleen kathy katia kelly kenza kenzo kevin khadija khaled khalid
killian kilian laetitia laila lamia lancelot lara larissa latifa laura laure laureen laurence laurene laurent laurette laurie laurine lea leana leandre leane leila lena
leo leon leonard leonie leonor leonore leopold leslie leticia lila lilas lili lilia lilian liliane lilou lily lina linda line lionel lisa lise lisette livia loan
loane loic lois lola lorena lorene lorenzo lou louane louis louisa louise louna lubin luc luca lucas luce lucette lucia lucie lucien lucienne lucile lucille ludivine
ludovic luis luka lukas lydia lydie lyes lylou mabel madeleine mady mae maelle maelys maeva magali magalie magdalena magloire mahaut mahdi malek malik malika malo malorie
malvina mamadou manal manon manuel manuela mara marc marceau marcel marcelin marceline marcelle marco margaret margaux margot marguerite maria mariam mariama marianne
mariannick marie marielle marietta mariette marika marilou marilyn marilyne mario marion marius marjolaine marjorie marlene marthe martial martin martine marwan
maryam maryline maryse maryvonne mateo mathias mathieu mathilde mathis mathurin matteo matthias matthieu maud maurane maureen maurice mauricette max maxence maxime
maximilien maya mederic mehdi melanie melina meline melissa melodie melvin meriem merwan meryem michael michel michele micheline michelle mickael mike mila milan
milena millie mina mireille miriam mohamed mohammed mohand moise monia monique morgan morgane mouloud mounir mourad moussa moustapha mustapha murielle muriel mylene
myriam nabil nadege nadia nadine nadir naima najat nancy narcisse nassim nassima natacha natalia natalie nathalie nathan nathanael nawel nelly nestor nicolas nicole
nikita nina ninon noa noam noel noelie noeline noella noelle noemie nolan nolwenn nora norah norbert nordine noura nourdine oceane octave octavie odette odile odilon
olga olivia olivier ombeline omar ophelie oriane orlane oscar osman othman ottilie oumar ousmane pablo paola paolo pascal pascale pascaline patrice patricia patrick
paul paula paule paulette paulin pauline pedro peggy perrine philibert philippe philippine philomene pierre pierrette pierrick prisca priscilla prosper quentin rachel
rachid rachida radia rafael raoul raphael raphaelle raymond raymonde rebecca reda regine regis reine rejane remi remy renald renan renaud rene renee ricardo richard rita
robert roberta roberte roberto robin rodolphe rodrigue rodrigo roger roland rolande romain romane romaric romeo romuald ronan rosalie rosaline rose-marie roseline
roselyne rosine roxane rozenn ruben rudy sabine sabrina sacha said saida salah salim salima salome salvador sam samantha samia samir samira samson samuel samy sana
sandie sandra sandrine sandy sara sarah saskia savannah sebastien segolene selim selma seloua septime serena serge sergio servane severin severine sibylle sidonie
siham silvia silvio simon simone simonette slimane sofia sofiane solange solen solene solenn solenne soline sonia sophia sophie soraya souad souleymane soumaya stanislas
stella stephan stephane stephanie stephen steve steven suzanne suzette suzie sylvain sylvaine sylvere sylvestre sylvette sylvia sylviane sylvie tahar tania tanguy tara
tarik teddy teo teresa tess tessa thais thea thelma theo theodore theophile theotime therese thibaud thibault thibaut thierry thomas tifaine tiffany timothee tiphaine
titouan tom tommy toni tony toussaint tristan tugdual ugo ulysse urbain ursula ursule valentin valentine valere valeria valerie valery vanessa vera veronique vianney
vickie vicky victoria victor vincent violaine violette virginie vivian viviane vivien vladimir walid walter wassim wendy wilfried wilfrid william willy xavier xaviere
yael yamina yan yanis yann yanne yannick yannis yasmina yasmine yassin yassine yazid ykoub yoann yoan yohan yohann yolaine yolande youcef youna younes youssef yseult
yuna yvan yves yvette yvon yvonne zacharie zahra zakaria zelie zineb ziad zoe zohra zoubida zoulikha
`
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .trim()
    .split(/\s+/),
);
