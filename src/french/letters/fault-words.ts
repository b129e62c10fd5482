import type { LetterCode } from "../../model/letter/letter.ts";
import { counted, french, isPlural } from "../typography.ts";

/** Texts about the layout of a file, about questions, and of codes that no letter shows (empty). */
const presentationWords = {
  "too-few-cells": {
    what: (n) => french`${counted(n, "ligne")} ${verb(n, "a", "ont")} moins de cases que le fichier n'a de colonnes.`,
    todo: french`Vérifiez qu'aucune valeur ne manque, et laissez les cases vides plutôt que de les retirer.`,
  },
  "repeated-header": {
    what: () => french`La ligne des titres se trouve aussi au milieu du fichier. Nous l'avons ignorée.`,
    todo: french`Gardez-la en tête seulement.`,
  },
  "duplicate-column": {
    what: () => french`Plusieurs colonnes portent le même titre.`,
    todo: french`Donnez un titre différent à chaque colonne.`,
  },
  "unnamed-column": {
    what: () => french`Une colonne remplie n'a pas de titre.`,
    todo: french`Donnez-lui un titre, ou retirez-la.`,
  },
  "wrong-encoding": {
    what: (n) => french`Des lettres accentuées sont abîmées, à ${counted(n, "endroit")}.`,
    todo: french`Enregistrez le fichier en « UTF-8 ».`,
  },
  "encoded-twice": {
    what: (n) =>
      french`Les lettres accentuées de ${counted(n, "aide")} sont abîmées : « Ã© » à la place de « é ». Nous les avons rétablies.`,
    todo: french`Le fichier est encodé deux fois en « UTF-8 ». Demandez à la personne qui le produit de retirer une des deux conversions.`,
  },
  "characters-broken": {
    what: (n) => french`Des caractères de ${counted(n, "aide")} sont perdus : « � » ou « Ã » à leur place.`,
    todo: french`Corrigez ces textes à la source, puis enregistrez le fichier en « UTF-8 ».`,
  },
  "link-formula": {
    what: (n) =>
      french`${counted(n, "lien est une formule", "liens sont des formules")} de tableur à la place de ${verb(n, "son", "leur")} résultat. Nous en avons lu le texte et l'adresse.`,
    todo: french`Exportez le texte affiché plutôt que la formule, et donnez l'adresse dans une colonne à part.`,
  },
  "html-in-text": {
    what: (n) =>
      french`${counted(n, "texte contient", "textes contiennent")} des balises de page web, comme <p>. Nous les avons lues comme une mise en forme.`,
    todo: french`Voulez-vous envoyer désormais du HTML dans ce champ ? Dites-le-nous ; sinon, retirez les balises.`,
  },
  "cell-error": {
    what: (n) => french`${counted(n, "case contient", "cases contiennent")} une erreur du tableur, comme #REF! ou #N/A.`,
    todo: french`Corrigez la formule, ou remplacez-la par sa valeur.`,
  },
  "unsafe-markup": {
    what: (n) =>
      french`${counted(n, "texte contient", "textes contiennent")} du code de page web qui peut être dangereux. Nous l'avons retiré.`,
    todo: french`Gardez le texte et ses liens, sans script : il s'agit souvent d'un copier-coller ou d'une vidéo incorporée.`,
  },
  "unreadable-json": {
    what: (n) =>
      french`${counted(n, "case")} ${verb(n, "devrait", "devraient")} contenir une liste écrite en JSON, et nous n'avons pas su la lire.`,
    todo: french`Demandez à la personne qui produit le fichier de vérifier cette colonne.`,
  },
  "unreadable-yes-no": {
    what: (n) => french`${counted(n, "réponse n’est", "réponses ne sont")} ni « oui » ni « non ».`,
    todo: french`Écrivez « oui » ou « non », ou laissez vide.`,
  },
  "name-too-long-to-publish": {
    what: (n) => french`${counted(n, "titre dépasse", "titres dépassent")} les 180 caractères que notre site peut montrer.`,
    todo: french`Pourriez-vous en proposer un plus court ? Un titre qui commence par un verbe, comme « Financer une étude », se lit le mieux.`,
  },
  "text-too-long": {
    what: (n) =>
      french`${counted(n, "texte est plus long", "textes sont plus longs")} que la place que nous avons, et ${verb(n, "n’a", "n’ont")} pas été repris.`,
    todo: french`Pourriez-vous le raccourcir, ou nous dire dans quel autre champ le mettre ?`,
  },
  "unexpected-value": {
    what: (n) => french`${counted(n, "valeur n’est", "valeurs ne sont")} pas de la sorte à laquelle nous nous attendions.`,
    todo: french`Ce champ a-t-il changé de sens ou de forme ? Dites-le-nous, nous adapterons notre lecture.`,
  },
  "announced-total-differs": {
    what: () => french`Le nombre d'aides que vos données annoncent n'est pas celui que nous avons reçu.`,
    todo: french`En manque-t-il, ou le nombre annoncé compte-t-il autre chose ?`,
  },
  "field-never-seen": {
    what: () => french`Un champ que nous lisions n'est plus dans vos données.`,
    todo: french`L'avez-vous renommé, ou retiré ?`,
  },
  "reading-changed": {
    what: () => french`Votre fichier n'est plus construit comme avant : les colonnes ou les enregistrements ont changé de place.`,
    todo: french`Ce changement va-t-il rester ?`,
  },
  "licence-differs": {
    what: () => french`La licence indiquée sur le portail de données n'est pas celle que nous avions notée.`,
    todo: french`Sous quelle licence vos données peuvent-elles être réutilisées ?`,
  },
  "unmapped-term": {
    what: (n) => french`${counted(n, "mot")} que nous ne savons pas encore ranger dans nos listes.`,
    todo: french`Que désigne-t-il ? Une réponse d'une ligne suffit.`,
  },
  "total-row": { what: () => "", todo: "" },
  "banner-row": { what: () => "", todo: "" },
  "hidden-cells": { what: () => "", todo: "" },
  "colours-ignored": { what: () => "", todo: "" },
  "blank-below-merges": { what: () => "", todo: "" },
  "page-unlike": {
    what: (n) =>
      french`${counted(n, "page")} de votre site ${verb(n, "n’est", "ne sont")} plus ${verb(n, "construite", "construites")} comme avant.`,
    todo: french`Ce changement va-t-il rester ? Dites-le-nous, nous adapterons notre lecture.`,
  },
  "page-waiting": { what: () => "", todo: "" },
  "page-stale": { what: () => "", todo: "" },
  "computed-failed": { what: () => "", todo: "" },
  "out-of-scope": { what: () => "", todo: "" },
  "section-not-found": { what: () => "", todo: "" },
} satisfies Partial<Record<LetterCode, FaultWords>>;

/** French texts of an anomaly. `what`: the finding, with its count; `todo`: advice; `example`: a correct value. */
interface FaultWords {
  readonly what: (count: number) => string;
  readonly todo: string;
  readonly example?: string;
}

const verb = (count: number, one: string, many: string) => (isPlural(count) ? many : one);
const isoDay = "2027-03-31 (année, mois, jour)";

/** Texts of every anomaly, for readers who are not programmers. */
export const faultWords: Readonly<Record<LetterCode, FaultWords>> = {
  "broken-record": {
    what: (n) =>
      french`${counted(n, "aide")} ${verb(n, "est écrite", "sont écrites")} de telle façon que nous n'avons pas pu ${verb(n, "la", "les")} lire.`,
    todo: french`Cherchez à cet endroit un guillemet, une accolade ou une balise qui n'est pas refermé, ou demandez à la personne qui produit le fichier de l'exporter à nouveau.`,
  },
  "too-many-cells": {
    what: (n) =>
      french`${counted(n, "ligne")} ${verb(n, "a", "ont")} plus de cases que le fichier n'a de colonnes : nous ne savons pas quelle valeur va dans quelle colonne.`,
    todo: french`C'est en général un point-virgule ou une virgule dans un texte : entourez ce texte de guillemets droits.`,
    example: french`"Études ; travaux"`,
  },
  "page-failed": {
    what: (n) => french`${counted(n, "page")} de votre site ${verb(n, "n’a", "n’ont")} pas pu être ${verb(n, "lue", "lues")}.`,
    todo: french`Ouvrez l'adresse : si la page s'affiche, demandez à la personne qui tient le site de ne pas nous en refuser l'accès.`,
  },
  "page-gone": {
    what: (n) => french`${counted(n, "lien")} de votre liste ${verb(n, "mène", "mènent")} à une page qui n'existe plus.`,
    todo: french`Retirez l'aide de la liste, ou corrigez le lien.`,
  },
  "missing-name": {
    what: (n) => french`${counted(n, "aide")} n'${verb(n, "a", "ont")} pas de titre.`,
    todo: french`Donnez un titre à chaque aide, ou retirez les lignes vides.`,
  },
  "name-too-long": {
    what: (n) =>
      french`${counted(n, "aide")} ${verb(n, "a", "ont")} un titre de plus de 255 caractères, que notre catalogue ne peut pas contenir.`,
    todo: french`Raccourcissez le titre, 180 caractères au plus, et déplacez le reste dans la description.`,
  },
  "missing-external-id": {
    what: (n) =>
      french`${counted(n, "aide")} n'${verb(n, "a", "ont")} pas d'identifiant : nous ne pouvons pas ${verb(n, "la", "les")} reconnaître d'une fois à l'autre, et ne ${verb(n, "l’avons pas reprise", "les avons pas reprises")}.`,
    todo: french`Donnez à chaque aide un code ou un numéro qui ne change jamais.`,
    example: "AIDE-2027-014",
  },
  "external-id-too-long": {
    what: (n) =>
      counted(
        n,
        "aide a un identifiant de plus de 255 caractères, et n’a pas été reprise.",
        "aides ont un identifiant de plus de 255 caractères, et n’ont pas été reprises.",
      ),
    todo: french`Donnez à chaque aide un code court.`,
    example: "AIDE-2027-014",
  },
  "duplicate-id": {
    what: (n) =>
      french`${counted(n, "aide")} ${verb(n, "porte", "portent")} un identifiant qui est déjà celui d'une autre, plus haut dans vos données : seule la première a été reprise.`,
    todo: french`Donnez à chaque aide son propre identifiant ; si c'est deux fois la même aide, retirez-en une.`,
  },
  "exact-copy": {
    what: (n) =>
      french`${counted(n, "aide se trouve", "aides se trouvent")} deux fois dans vos données, à l'identique. Nous n'en avons gardé qu'une.`,
    todo: french`Retirez la copie.`,
  },
  "impossible-date": {
    what: (n) => french`${counted(n, "date")} n'${verb(n, "existe", "existent")} pas dans le calendrier.`,
    todo: french`Corrigez le jour ou le mois.`,
    example: isoDay,
  },
  "unreadable-date": {
    what: (n) =>
      french`Nous n'avons pas su lire ${counted(n, "date")} : ${verb(n, "elle n’est pas écrite", "elles ne sont pas écrites")} comme les autres.`,
    todo: french`Écrivez toutes les dates de la même façon, avec l'année en quatre chiffres.`,
    example: isoDay,
  },
  "deadline-before-start": {
    what: (n) => french`${counted(n, "aide se termine", "aides se terminent")} avant d'avoir commencé.`,
    todo: french`Vérifiez la date d'ouverture et la date de clôture : l'une des deux est sans doute celle d'une autre année.`,
  },
  "text-for-date": {
    what: (n) => french`${counted(n, "date")} ${verb(n, "est remplacée", "sont remplacées")} par du texte.`,
    todo: french`Laissez la date vide si l'aide n'en a pas, et dites le reste dans la description.`,
    example: isoDay,
  },
  "blank-in-date": {
    what: (n) => french`${counted(n, "date")} ${verb(n, "contient", "contiennent")} des espaces en trop. Nous les avons retirés.`,
    todo: french`Retirez les espaces.`,
    example: isoDay,
  },
  "unlikely-date": {
    what: (n) => french`${counted(n, "date est très ancienne ou très lointaine", "dates sont très anciennes ou très lointaines")}.`,
    todo: french`Corrigez l'année. Si l'aide n'a pas de date de clôture, laissez la date vide.`,
    example: isoDay,
  },
  "permanent-call": {
    what: (n) =>
      counted(
        n,
        "appel à projets est présenté comme permanent, sans date de clôture.",
        "appels à projets sont présentés comme permanents, sans date de clôture.",
      ),
    todo: french`Donnez la date de clôture. Si l'appel est toujours ouvert, dites-le dans la description.`,
  },
  "says-closed": {
    what: (n) =>
      french`Le texte de ${counted(n, "aide")} dit qu'${verb(n, "elle n’est", "elles ne sont")} plus ${verb(n, "ouverte", "ouvertes")}, mais pas les dates.`,
    todo: french`Donnez la date de clôture, ou retirez l'aide si elle n'existe plus.`,
  },
  "reported-error": {
    what: (n) => french`${counted(n, "erreur")} ${verb(n, "a été signalée", "ont été signalées")} par des lecteurs de vos aides.`,
    todo: french`Vérifiez l'aide, et corrigez-la s'il y a lieu. Si elle est juste, dites-le-nous en réponse.`,
  },
  "dead-link": {
    what: (n) =>
      french`${counted(n, "lien")} ne ${verb(n, "mène", "mènent")} plus à aucune page : nous avons essayé deux fois, à une semaine d'écart.`,
    todo: french`Donnez la nouvelle adresse de la page, ou retirez l'aide si elle n'existe plus.`,
  },
  "unreadable-url": {
    what: (n) => french`${counted(n, "lien")} ${verb(n, "n’est pas une adresse", "ne sont pas des adresses")} de page web.`,
    todo: french`Donnez l'adresse entière de la page, une seule par champ.`,
    example: "https://www.exemple.fr/aides/velo",
  },
  "blank-in-url": {
    what: (n) => french`${counted(n, "lien")} ${verb(n, "contient", "contiennent")} des espaces en trop. Nous les avons retirés.`,
    todo: french`Retirez les espaces.`,
    example: "https://www.exemple.fr/aides/velo",
  },
  "url-without-scheme": {
    what: (n) => french`${counted(n, "lien")} ne ${verb(n, "commence", "commencent")} pas par https://. Nous l'avons ajouté.`,
    todo: french`Donnez l'adresse entière.`,
    example: "https://www.exemple.fr/aides/velo",
  },
  "misspelt-scheme": {
    what: (n) =>
      french`${counted(n, "lien")} ${verb(n, "commence", "commencent")} par une faute de frappe, comme « htpp:// » ou « mailt: ». Nous l'avons corrigée.`,
    todo: french`Corrigez le début du lien.`,
    example: "https://www.exemple.fr/aides/velo",
  },
  "placeholder-link": {
    what: (n) => french`${counted(n, "lien")} ${verb(n, "mène", "mènent")} à un site d'essai ou à une page provisoire, et non à l'aide.`,
    todo: french`Donnez l'adresse publique de la page.`,
    example: "https://www.exemple.fr/aides/velo",
  },
  "amount-without-unit": {
    what: (n) => french`${counted(n, "montant est écrit", "montants sont écrits")} sans unité.`,
    todo: french`Ajoutez « € » après le montant.`,
    example: french`50 000 €`,
  },
  "rate-above-100": {
    what: (n) => french`${counted(n, "taux", "taux")} ${verb(n, "dépasse", "dépassent")} 100 %.`,
    todo: french`Corrigez le taux : une aide ne couvre pas plus que la dépense.`,
  },
  "outside-territory": {
    what: (n) => french`${counted(n, "aide ne s’applique", "aides ne s’appliquent")} qu'en dehors de votre territoire.`,
    todo: french`Vérifiez le territoire de l'aide.`,
  },
  "without-territory": {
    what: (n) => french`${counted(n, "aide n’a", "aides n’ont")} aucun territoire.`,
    todo: french`Dites où l'aide s'applique, avec le nom ou le code de l'Insee du territoire.`,
    example: "26 (Drôme), 26362 (Valence)",
  },
  "test-record": {
    what: (n) => french`${counted(n, "texte ressemble à un essai", "textes ressemblent à des essais")}, et non à une aide.`,
    todo: french`Retirez les essais de vos données.`,
  },
  "filler-text": {
    what: (n) => french`${counted(n, "texte est du faux texte", "textes sont du faux texte")} (« lorem ipsum »).`,
    todo: french`Remplacez-le par le texte de l'aide.`,
  },
  "cut-text": {
    what: (n) => french`${counted(n, "texte s’arrête", "textes s’arrêtent")} au milieu d'une phrase.`,
    todo: french`Envoyez-nous le texte entier. La personne qui produit le fichier peut vérifier s'il est coupé à l'export.`,
  },
  "unreadable-amount": {
    what: (n) => french`Nous n'avons pas su lire ${counted(n, "montant")}.`,
    todo: french`Écrivez un seul nombre, en euros, et dites les conditions dans la description.`,
    example: "50000",
  },
  "foreign-currency": {
    what: (n) => french`${counted(n, "montant")} ${verb(n, "n’est", "ne sont")} pas en euros.`,
    todo: french`Donnez le montant en euros.`,
    example: "50000",
  },
  "unreadable-rate": {
    what: (n) => french`Nous n'avons pas su lire ${counted(n, "taux", "taux")}.`,
    todo: french`Écrivez un seul nombre, entre 0 et 100.`,
    example: "40",
  },
  "rate-out-of-range": {
    what: (n) => french`${counted(n, "taux n’est", "taux ne sont")} pas entre 0 et 100 %.`,
    todo: french`Écrivez un nombre entre 0 et 100.`,
    example: "40",
  },
  "rate-bounds-inverted": {
    what: (n) =>
      counted(n, "aide a un taux minimal plus haut que son taux maximal.", "aides ont un taux minimal plus haut que leur taux maximal."),
    todo: french`Échangez les deux taux.`,
  },
  "unknown-perimeter": {
    what: (n) => french`Nous n'avons pas reconnu ${counted(n, "territoire")}.`,
    todo: french`Écrivez le nom officiel, ou mieux, le code de l'Insee ou le numéro Siren du territoire.`,
    example: "26 (Drôme), 26362 (Valence)",
  },
  "old-commune-code": {
    what: (n) =>
      french`${counted(n, "code")} ${verb(n, "est celui d’un territoire qui n’existe plus", "sont ceux de territoires qui n’existent plus")}. Nous avons pris le territoire qui l'a remplacé.`,
    todo: french`Remplacez le code par celui d'aujourd'hui.`,
  },
  "expected-filled": {
    what: (n) =>
      counted(n, "aide laisse vide un champ que les autres remplissent.", "aides laissent vide un champ que les autres remplissent."),
    todo: french`Complétez ce champ.`,
  },
  ...presentationWords,
};
