import { everything } from "../../../catalogue/runs/pause-repository.ts";
import { french } from "../../../french/typography.ts";
import { missingAddress } from "../../../jobs/schedule/missing-address.ts";
import type { Visit } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";

/** How long after it was asked for reading again can be asked for again, in milliseconds. */
export const rereadPauseMs = 10 * 60_000;

const clock = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit" });

/** Why the feed of a letter cannot be read again just now, as its publisher is told; null where it can. */
export async function whyNotReread(visit: Visit, made: MadeLetter): Promise<string | null> {
  const { catalogue, console: services, now } = visit;
  const { connector: id, letter, rereadAt } = made;
  const definition = (await services.jobs.connectors()).find((one) => one.definition.id === id)?.definition;
  if (definition === undefined)
    return french`Nous ne lisons plus vos données de cette façon : répondez au message qui vous a transmis cette lettre, nous verrons ensemble.`;
  const hasNoAddress = missingAddress(definition, services.jobs.services.environment) !== null;
  if (definition.rhythm !== undefined || (hasNoAddress && letter.feed.file !== null))
    return french`Vos données nous parviennent par un fichier que vous nous envoyez : envoyez le fichier corrigé en réponse au message qui vous a transmis cette lettre${byMail(visit)}. Nous le lirons, et vous dirons ce qui reste.`;
  if (hasNoAddress)
    return french`Nous n'avons plus l'adresse de vos données : donnez-la en réponse au message qui vous a transmis cette lettre.`;
  const pauses = await catalogue.pauses.list();
  if (pauses.some(({ connector }) => connector === id || connector === everything))
    return french`La lecture de vos données est en pause de notre côté. Elle reprendra, et ce que vous aurez corrigé sera pris en compte : vous n'avez rien à faire.`;
  if (rereadAt !== null && now.getTime() < rereadAt.getTime() + rereadPauseMs)
    return french`Vous l'avez demandé à ${clock.format(rereadAt)} : vous pourrez le demander à nouveau à ${clock.format(new Date(rereadAt.getTime() + rereadPauseMs))}.`;
  const isBusy = (await catalogue.runQueue.goingOn(id)) !== null || (await catalogue.runQueue.waiting(id)).length > 0;
  return isBusy ? french`Vos données sont justement en train d'être lues. Revenez dans quelques minutes.` : null;
}

function byMail({ console: { settings } }: Visit): string {
  return settings.contact === null ? "" : french`, ou à : ${settings.contact}`;
}
