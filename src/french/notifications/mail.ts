import { type NotificationKind, notificationKinds } from "../../model/run/notification.ts";
import type { WaitingDecision } from "../../model/run/waiting-decision.ts";
import { wrapped } from "../digest/text.ts";
import { counted, french, onOneLine } from "../typography.ts";

/** Path of the page where people choose their notifications. */
export const choicesPath = "/mon-compte/notifications";

/** Maximum number of decisions of a kind in a mail. */
const decisionsShown = 20;

/** Name of each kind, singular and plural, and where all its decisions are. */
const kinds: Readonly<Record<NotificationKind, readonly [one: string, many: string, list: string]>> = {
  held: ["plan retenu", "plans retenus", "/plans?etat=held"],
  draft: ["plan attend l’exploitation", "plans attendent l’exploitation", "/plans?etat=held"],
  answered: ["réponse de producteur", "réponses de producteurs", "/courriers"],
  promised: ["correction promise est due", "corrections promises sont dues", "/courriers"],
};

/** Writes the mail about some decisions. `console`: its address without a slash at the end; empty if unknown. */
export function notificationMail(
  decisions: readonly WaitingDecision[],
  { name, console }: { readonly name: string; readonly console: string },
): { readonly subject: string; readonly text: string } {
  const groups = notificationKinds.flatMap((kind) => {
    const found = decisions.filter((one) => one.kind === kind);
    return found.length === 0 ? [] : [{ kind, found }];
  });
  const link = (say: string, path: string, indent = "") => [`${indent}${french`${say} :`} ${console}${path}`];
  const text = [
    french`Bonjour ${name},`,
    "",
    ...wrapped(
      decisions.length === 1 ? "Une décision attend dans Moisson." : french`${decisions.length} décisions attendent dans Moisson.`,
    ),
    ...groups.flatMap(({ kind, found }) => [
      "",
      counted(found.length, kinds[kind][0], kinds[kind][1]),
      ...found
        .slice(0, decisionsShown)
        .flatMap(({ who, what, path }) => [
          "",
          ...wrapped(onOneLine(who), "  ", "  "),
          ...wrapped(what, "  ", "  "),
          ...link("Lire et décider", path, "  "),
        ]),
      ...(found.length > decisionsShown
        ? ["", ...link(french`… et ${counted(found.length - decisionsShown, "autre")}`, kinds[kind][2], "  ")]
        : []),
    ]),
    "",
    ...wrapped("Chaque décision n’est annoncée qu’une fois. Elle peut avoir été prise depuis."),
    ...link("Choisir ces courriers, ou les arrêter", choicesPath),
    "",
  ].join("\n");
  return { subject: subjectOf(decisions, groups), text };
}

function subjectOf(
  decisions: readonly WaitingDecision[],
  groups: readonly { readonly kind: NotificationKind; readonly found: readonly WaitingDecision[] }[],
): string {
  const counts = groups.map(({ kind, found }) => counted(found.length, kinds[kind][0], kinds[kind][1])).join(", ");
  const [only] = decisions;
  return decisions.length === 1 && only !== undefined ? french`Moisson : ${counts}, ${onOneLine(only.who)}` : french`Moisson : ${counts}`;
}
