import type { Child } from "hono/jsx";
import {
  type ChosenPair,
  type MovePair,
  type MovePreview,
  type MoveRefusal,
  type MovingConnectors,
  planMove,
  previewMove,
} from "../../../curation/move-connector.ts";
import { retiredReason, returnedReason } from "../../../french/moves.ts";
import { matchReasonNames } from "../../../french/plans.ts";
import { counted, french } from "../../../french/typography.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, Select, SubmitButton } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { type ActRoute, actRoute, CannotDo, type PageRoute, pageRoute, type Route } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";

const maxListed = 50;

const refusals: Readonly<Record<MoveRefusal["code"], (aids: readonly string[]) => string>> = {
  "same-connector": () => "Choisissez un autre connecteur.",
  "another-publisher": () => "Ces deux connecteurs ne sont pas du même producteur.",
  "no-aids": () => "Ce connecteur n’a aucune aide au catalogue.",
  "nothing-read": () => "Le nouveau connecteur n’a encore rien lu : lancez d’abord sa collecte, à blanc.",
  "already-imported": (aids) =>
    french`Le nouveau connecteur a déjà importé ${counted(aids.length, "de ces aides", "de ces aides")} : défaites sa collecte, puis lancez-la à blanc.`,
  "unknown-pair": () => "Une des paires choisies n’existe plus : rechargez la page.",
  "nothing-to-move": () => "Aucune aide n’est reconnue avec assez de certitude : cochez les paires qui sont la même aide.",
};

/** Shows what would become of a connector's aids if another connector of its publisher took them over. */
const movePage: PageRoute = pageRoute("/connecteurs/:connecteur/passage", "ops", async (visit) => {
  const from = (await loadedConnectorOf(visit)).definition;
  const others = await connectorsBeside(visit, from.id);
  const to = others.find(({ id }) => id === visit.query.get("vers"));
  const found = to === undefined ? null : await previewMove(visit.catalogue, { from, to });
  const all = await visit.console.jobs.connectors();
  return {
    title: "Passer à un autre connecteur",
    breadcrumb: [
      { title: "Connecteurs", href: "/connecteurs" },
      { title: nameOfConnector(all, from.id), href: `/connecteurs/${from.id}` },
    ],
    menuPath: "/connecteurs",
    content: (
      <>
        <h1>Passer à un autre connecteur</h1>
        <p>
          {french`Le producteur publie désormais son propre fichier ? Ses aides passent au connecteur qui le lit : chacune garde son adresse, son statut, ses corrections et son historique. L’ancien connecteur n’est ensuite plus lu. Le passage est un plan : rien ne change avant qu'on l'applique, et il se défait.`}
        </p>
        <form method="get" class="moisson-narrow fr-mb-4w">
          <Select
            name="vers"
            label="Le connecteur du fichier"
            hint="Il doit avoir lu ce fichier, à blanc ou comme brouillon, sans l’avoir appliqué."
            empty="Choisissez un connecteur"
            value={to?.id ?? ""}
            choices={others.map(({ id }) => ({ value: id, label: nameOfConnector(all, id) }))}
          />
          <SubmitButton label="Comparer" isSecondary />
        </form>
        {found !== null && "refused" in found && <Alert kind="warning" text={refusals[found.refused.code](found.refused.aids)} />}
        {found !== null && !("refused" in found) && to !== undefined && <Preview visit={visit} from={from.id} to={to.id} preview={found} />}
      </>
    ),
  };
});

function Preview(given: { readonly visit: Visit; readonly from: string; readonly to: string; readonly preview: MovePreview }): Child {
  const { visit, from, to, preview } = given;
  const { pairs, doubts, missing, added } = preview;
  const linkTo = ({ aidId, title }: (typeof missing)[number]) => (
    <a href={`/aides/${aidId}`}>
      <AidTitle visit={visit} connector={from} title={title} />
    </a>
  );
  return (
    <>
      <ul>
        <li>{french`${counted(pairs.length, "aide passe", "aides passent")} à ${to}.`}</li>
        <li>{french`${counted(missing.length, "aide n’est", "aides ne sont")} pas dans le fichier : ${missing.length > 1 ? "elles restent telles quelles" : "elle reste telle quelle"}.`}</li>
        <li>{french`${counted(added.length, "aide est nouvelle", "aides sont nouvelles")} : la prochaine collecte de ${to} ${added.length > 1 ? "les" : "la"} crée.`}</li>
        {doubts.length > 0 && (
          <li>{french`${counted(doubts.length, "paire est douteuse", "paires sont douteuses")} : décidez-en ci-dessous.`}</li>
        )}
      </ul>
      <ActForm action={`/connecteurs/${from}/passage`} csrf={visit.csrf}>
        <input type="hidden" name="vers" value={to} />
        {doubts.length > 0 && (
          <Checkboxes
            name="paire"
            label="Ces paires sont-elles la même aide ?"
            hint="Cochez celles qui le sont. Les autres restent où elles sont."
            choices={doubts.map((pair) => ({ value: pairValue(pair), label: pairLabel(pair) }))}
            values={[]}
          />
        )}
        <SubmitButton label="Préparer le plan" />
      </ActForm>
      {pairs.length > 0 && (
        <>
          <h2>Les aides qui passent</h2>
          <Table
            caption="Aides reconnues"
            isCaptionHidden
            head={["Aide", "Dans le fichier", "Pourquoi"]}
            rows={pairs
              .slice(0, maxListed)
              .map(({ old, next, match }) => [
                linkTo(old),
                <AidTitle visit={visit} connector={from} title={next.title} />,
                match.reasons.map((one) => matchReasonNames[one]).join(", "),
              ])}
          />
          {pairs.length > maxListed && <p>{french`Et ${pairs.length - maxListed} autres : le plan les montre toutes.`}</p>}
        </>
      )}
      {missing.length > 0 && (
        <>
          <h2>Les aides absentes du fichier</h2>
          <List items={missing.slice(0, maxListed).map(linkTo)} />
        </>
      )}
    </>
  );
}

/** Makes the plan that moves the aids. Applying it is an act of its own, on the page of the plan. */
const prepareMove: ActRoute = actRoute("/connecteurs/:connecteur/passage", { who: "ops", act: "connectors.move" }, async (visit, form) => {
  const from = (await loadedConnectorOf(visit)).definition;
  const to = (await connectorsBeside(visit, from.id)).find(({ id }) => id === form.text("vers"));
  if (to === undefined) throw new CannotDo("Choisissez un connecteur du même producteur.", 422);
  const curator = { by: visitorOf(visit).name, now: visit.now };
  const reasons = { retired: retiredReason(to.id), returned: returnedReason(from.id) };
  const moved = await planMove(visit.catalogue, curator, { from, to }, reasons, form.all("paire").map(readPair));
  if ("refused" in moved) throw new CannotDo(refusals[moved.refused.code](moved.refused.aids), 409);
  const { plan, preview } = moved;
  return {
    message: "Le plan est prêt : relisez-le, puis appliquez-le.",
    to: `/plans/${plan.planId}`,
    subject: `connecteur ${from.id}`,
    details: { from: from.id, to: to.id, plan: plan.planId, aids: preview.pairs.length },
  };
});

/** Returns the other connectors of the same publisher. */
async function connectorsBeside({ catalogue, console: { jobs } }: Visit, id: string): Promise<MovingConnectors["to"][]> {
  const owners = await catalogue.publishers.connectorOwners();
  const all = (await jobs.connectors()).map(({ definition }) => definition);
  const own = all.find((one) => one.id === id);
  const isSame = (one: MovingConnectors["to"]) =>
    (owners.has(id) && owners.get(one.id) === owners.get(id)) || one.publisher.name === own?.publisher.name;
  return all.filter((one) => one.id !== id && isSame(one));
}

/** Identifiers may contain any character, so a pair is two ids of aids. */
function pairValue({ old, next }: MovePair): string {
  return `${old.aidId}=${next.aidId}`;
}

function pairLabel({ old, next, match }: MovePair): string {
  const why = match.reasons.map((one) => matchReasonNames[one]).join(", ");
  return french`« ${old.title} » et « ${next.title} »${why === "" ? "" : ` (${why})`}`;
}

function readPair(value: string): ChosenPair {
  const [old = "", next = ""] = value.split("=");
  return { old, next };
}

export const moveRoutes: readonly Route[] = [movePage, prepareMove];
