import { french } from "../../../french/typography.ts";
import type { PlanState } from "../../../model/plan/plan.ts";
import type { Outcome, RunErrorCode } from "../../../model/run/run-error.ts";

/** How a run stands that has ended. */
export interface RunStanding {
  /** Null where it never said how it ended. */
  readonly outcome: Outcome | null;
  readonly error: RunErrorCode | null;
  /** State of its plan; null where it has none. */
  readonly plan: PlanState | null;
  readonly isTriedAgain: boolean;
  readonly isUndone: boolean;
}

const lookAtPlan = french`Ouvrez le plan pour voir ce qu'il changerait, puis appliquez-le ou écartez-le. En attendant, le catalogue reste tel quel.`;

const ofOutcome: Readonly<Record<Outcome, string>> = {
  applied: french`Il n'y a rien à faire.`,
  "applied-with-rejects": french`Les aides valides sont au catalogue. Les enregistrements rejetés sont listés plus bas : le producteur peut les corriger.`,
  unchanged: french`Il n'y a rien à faire : le catalogue est à jour.`,
  planned: french`Il n'y a rien à faire : cet essai n'a rien écrit.`,
  held: french`Son plan n'attend plus : la prochaine collecte en préparera un nouveau si la cause est toujours là.`,
  unreachable: french`Le plus souvent, cela passe tout seul. Si cela dure plusieurs nuits, prévenez le producteur que son serveur ne répond pas.`,
  refused: french`Vérifiez l'adresse du flux auprès du producteur : elle a peut-être changé, ou l'accès a été retiré. Relancez ensuite la collecte.`,
  unreadable: french`Ouvrez l'adresse du flux pour voir ce qui arrive à sa place. Si le producteur a changé de format, le connecteur est à adapter ; sinon, prévenez-le.`,
  "stopped-early": french`Relancez la collecte. Si elle s'arrête toujours au même endroit, prévenez le producteur.`,
  cancelled: french`La collecte peut être relancée quand vous voulez.`,
  abandoned: french`Si aucune collecte de ce connecteur n'a suivi, relancez-la.`,
  failed: french`Le producteur n'y est pour rien. Relancez la collecte ; si cela se répète, transmettez l'identifiant de cette collecte à l'équipe technique.`,
};

/** Errors that a person mends here, whatever the publisher does. */
const settings: ReadonlySet<RunErrorCode> = new Set([
  "missing-secret",
  "missing-address",
  "token-refused",
  "address-refused",
  "forgotten-unknown",
]);

/** What to do now about a run that has ended: whole sentences. */
export function runNextMessage({ outcome, error, plan, isTriedAgain, isUndone }: RunStanding): string {
  if (isUndone) return french`Ce que cette collecte avait fait a été défait. Le même flux sera retenu s'il revient.`;
  if (plan === "open" || plan === "part-applied") return lookAtPlan;
  if (isTriedAgain) return french`Un nouvel essai a pris la suite : c'est lui qu'il faut regarder.`;
  if (plan === "applied" && outcome === "held") return french`Il n'y a rien à faire : une personne a appliqué son plan depuis.`;
  if (outcome === null) return french`Cette collecte s'est arrêtée sans rendre compte, et n'a rien écrit. Relancez-la.`;
  if (error !== null && settings.has(error)) return french`Corrigez le réglage en cause, puis relancez la collecte.`;
  if (error === "snapshot-missing") return french`Relancez une collecte ordinaire de ce connecteur, qui lira le flux d'aujourd'hui.`;
  return ofOutcome[outcome];
}
