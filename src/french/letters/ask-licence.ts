import { counted, french } from "../typography.ts";

/** Returns a mail that asks a publisher for an explicit open licence. `aids`: number of its published aids. */
export function licenceRequest({ publisher, aids }: { readonly publisher: string; readonly aids: number }): {
  readonly subject: string;
  readonly body: string;
} {
  const many = aids === 0 ? french`vos aides` : french`${counted(aids, "de vos aides", "de vos aides")}`;
  return {
    subject: french`Licence de vos aides : ${publisher}`,
    body: [
      "Bonjour,",
      french`Nous présentons ${many} aux communes, aux associations et aux entreprises. Vos fiches n'indiquent pas de licence.`,
      french`Pouvez-vous confirmer, en réponse à ce message, que ces fiches peuvent être réutilisées sous la Licence Ouverte 2.0 (https://www.etalab.gouv.fr/licence-ouverte-open-licence) ? Chacun pourra alors les reprendre, à condition de vous citer et d'indiquer la date de mise à jour.`,
      french`Si vous préférez une autre licence, ou si certaines fiches ne peuvent pas être réutilisées, dites-le-nous : nous en tiendrons compte.`,
      french`Nous ne diffusons ni nom, ni adresse, ni numéro de personnes.`,
      "Cordialement,",
    ].join("\n\n"),
  };
}
