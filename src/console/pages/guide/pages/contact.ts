import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** Contacts: services rather than people. */
export const contactPage: GuidePage = {
  path: "contact",
  title: "Le contact",
  shortTitle: "Le contact",
  lead: french`Une collectivité qui hésite veut parler à quelqu'un. Donnez un service plutôt qu'une personne : il répond encore l'an prochain.`,
  sections: [
    {
      title: french`Un service, son adresse, son numéro`,
      says: [french`Chacun dans sa case : à qui s'adresser, l'adresse électronique, le téléphone.`],
      examples: [
        {
          good: french`Service des aides aux communes`,
          bad: french`Mme Martin, poste 42`,
          why: french`Le nom d'une personne est une donnée personnelle. Il sera faux à son départ, et elle peut demander qu'il soit effacé.`,
        },
        {
          good: "aides@departement.example",
          bad: "j.martin@departement.example",
          why: french`L'adresse d'un service est relevée par plusieurs personnes.`,
        },
        {
          good: french`04 00 00 00 00, le standard du service`,
          bad: french`06 00 00 00 00, un portable`,
          why: french`Un portable est celui de quelqu'un.`,
        },
        {
          good: french`Une case pour l'adresse, une pour le numéro`,
          bad: french`« Contactez-nous ! »`,
          why: french`On ne sait pas comment.`,
        },
      ],
    },
    {
      title: french`Et pour nous`,
      says: [
        french`Dites-nous aussi à qui écrire quand quelque chose ne se lit plus : cette adresse-là n'est montrée à personne d'autre que nous.`,
      ],
    },
  ],
};
