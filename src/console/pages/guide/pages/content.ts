import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** Links, amounts, territories and listed terms. */
export const contentPage: GuidePage = {
  path: "liens-montants-territoires",
  title: "Liens, montants, territoires",
  shortTitle: "Liens, montants, territoires",
  lead: french`Quelques habitudes qui évitent la moitié des corrections.`,
  sections: [
    {
      title: french`Les liens`,
      says: [french`L'adresse entière de la page de l'aide, une seule par case.`],
      examples: [
        {
          good: "https://www.exemple.fr/aides/velo",
          bad: "www.exemple.fr/aides/velo",
          why: french`Il manque https:// : nous l'ajoutons, sans savoir s'il convient.`,
        },
        {
          good: "https://www.exemple.fr/aides/velo",
          bad: french`voir le site`,
          why: french`Ce n'est pas une adresse : personne ne peut la suivre.`,
        },
        {
          good: french`La page de l'aide`,
          bad: french`La page d'accueil de votre site`,
          why: french`La collectivité doit chercher à nouveau.`,
        },
        { good: french`Un lien essayé récemment`, bad: french`Un lien d'avant la refonte du site`, why: french`Il ne mène plus à rien.` },
      ],
    },
    {
      title: french`Les montants et les taux`,
      says: [french`Un nombre, sans unité ni texte. Les conditions vont dans la description.`],
      examples: [
        { good: "50000", bad: french`jusqu'à 50 k€ HT selon projet`, why: french`Le nombre ne se lit pas ; la condition se perd.` },
        { good: "40", bad: french`0,4 ou 400`, why: french`Un taux s'écrit entre 0 et 100.` },
        { good: french`20 à 40`, bad: french`40 à 20`, why: french`Le minimum d'abord.` },
      ],
    },
    {
      title: french`Les territoires`,
      says: [french`Le nom officiel, ou mieux, le code de l'Insee : il ne se confond avec aucun autre.`],
      examples: [
        { good: french`26 (Drôme)`, bad: french`Drome-Ardeche, secteur nord`, why: french`Ce territoire n'a pas de limites connues.` },
        {
          good: french`26362 (Valence, dans la Drôme)`,
          bad: french`Valence`,
          why: french`Il y a une Valence dans la Drôme, une autre en Tarn-et-Garonne, une autre en Charente.`,
        },
        {
          good: french`Le code de la commune d'aujourd'hui`,
          bad: french`Celui d'avant la fusion`,
          why: french`Nous prenons la commune qui l'a remplacée : vérifiez que c'est la bonne.`,
        },
      ],
    },
    {
      title: french`Les mots des listes`,
      says: [
        french`Publics, types d'aide, thématiques : prenez toujours le même mot pour la même chose. Le vôtre convient aussi bien que le nôtre, pourvu qu'il ne change pas.`,
      ],
      examples: [
        {
          good: french`Communes ; Associations`,
          bad: french`commune, Communes, Les communes, mairies`,
          why: french`Quatre mots à traduire pour un seul public.`,
        },
        {
          good: french`Une colonne « Publics », une colonne « Thématiques »`,
          bad: french`Les publics parmi les thématiques`,
          why: french`« Associations » n'est pas une thématique : le mot est perdu.`,
        },
        { good: french`oui, non, ou rien`, bad: french`X, peut-être, sous conditions`, why: french`Nous ne savons pas si c'est oui.` },
      ],
    },
  ],
};
