import type { Child } from "hono/jsx";
import { evidenceMessage, fileKindLabel } from "../../../french/survey.ts";
import { capitalize, french } from "../../../french/typography.ts";
import { mayBeAids } from "../../../model/survey/file-kind.ts";
import type { FileVerdict } from "../../../survey/read/file-verdict.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";

/**
 * Says what a file contains, and why. If it is no list of aids, a person chooses to stop or to continue. `continueAction`: address that
 * receives the choice to continue; `stopHref`: page to leave to; `hasChosen`: the person has chosen to continue.
 */
export function FileVerdictNotice(given: {
  readonly verdict: FileVerdict;
  readonly continueAction: string;
  readonly stopHref: string;
  readonly csrf: string;
  readonly hasChosen: boolean;
}): Child {
  const { verdict } = given;
  const reasons = <List items={verdict.evidence.map((reason) => capitalize(evidenceMessage(reason)))} />;
  if (mayBeAids(verdict.kind)) {
    return (
      <Alert kind="info" title={french`Ce fichier semble être ${fileKindLabel(verdict.kind)}`}>
        {reasons}
      </Alert>
    );
  }
  return (
    <Alert kind="warning" title={french`Ce fichier semble être ${fileKindLabel(verdict.kind)}, pas une liste d'aides`} level={2}>
      {reasons}
      {given.hasChosen ? (
        <p>Vous avez choisi de continuer quand même.</p>
      ) : (
        <>
          <p>{french`Ses lignes deviendraient des aides qui n'existent pas.`}</p>
          <p>
            <a class="fr-btn fr-mr-2w" href={given.stopHref}>
              Arrêter là
            </a>
          </p>
          <ActButton action={given.continueAction} csrf={given.csrf} label="Continuer quand même" size="md" />
        </>
      )}
    </Alert>
  );
}
