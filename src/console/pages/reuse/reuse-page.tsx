import type { Child } from "hono/jsx";
import { basisLabels, basisReasons, exclusionQuestionsInFrench } from "../../../french/reuse.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { confirmableBases, legalTexts, type ReuseExclusion } from "../../../model/aid/reuse-basis.ts";
import { confirmationRefusal, confirmProposals, exclusionsOf, type ReuseState, readReuseStates } from "../../../partners/reuse-bases.ts";
import { ConnectorLink, ConnectorName, connectorName } from "../../lists/connector-column.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { ActButton, ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";
import { actRoute, CannotDo, type Page, pageRoute, type Route } from "../../route.ts";
import { hasRole, type Visit, visitorOf } from "../../visit.ts";

/** Path of the page. */
export const reusePath = "/reutilisation";

async function statesOf({ catalogue, console: services }: Visit): Promise<ReuseState[]> {
  await catalogue.search.bringIn({ whole: true });
  return readReuseStates(catalogue, await services.jobs.connectors());
}

/** The legal bases of connectors: those to confirm, those in force, and connectors without one. */
const reusePage = pageRoute(reusePath, "read", async (visit) => pageOf(visit, await statesOf(visit)));

function pageOf(visit: Visit, states: readonly ReuseState[]): Page {
  const mayAct = hasRole(visit, "bizdev");
  const asked = visit.query.get("connecteur");
  const toConfirm = states.filter((state) => confirmationRefusal(state) === null).sort((a, b) => b.closed - a.closed);
  const inForce = states.filter(({ inForce: basis }) => basis !== null);
  const without = states.filter(
    ({ isLicensed, proposal, inForce: basis }) => !isLicensed && proposal.basis === "unknown" && basis === null,
  );
  const licensed = states.filter(({ isLicensed }) => isLicensed).length;
  return {
    title: "Base de réutilisation",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/producteurs",
    content: (
      <>
        <h1>Base de réutilisation</h1>
        <p>
          {french`Une aide sans licence ouverte reste sur notre site. Elle ne sort dans l'API et les données ouvertes que si une base légale le permet et qu'une personne l'a confirmée. Une base n'est pas une licence.`}
        </p>
        <Collapsible summary="Les bases possibles">
          <dl>
            {confirmableBases.map((basis) => (
              <>
                <dt>
                  <strong>{basisLabels[basis]}</strong>
                </dt>
                <dd>
                  {basisReasons[basis]}
                  {legalTexts[basis] !== null && (
                    <>
                      {" "}
                      <OutLink href={legalTexts[basis] ?? ""} label="Lire le texte" />
                    </>
                  )}
                </dd>
              </>
            ))}
          </dl>
        </Collapsible>
        <h2>À confirmer</h2>
        {toConfirm.length === 0 ? (
          <p>Aucune base n’attend de confirmation.</p>
        ) : (
          <ConfirmForm visit={visit} states={toConfirm} mayAct={mayAct} asked={asked} />
        )}
        <h2>Confirmées</h2>
        {inForce.length === 0 ? <p>Aucune base n’est confirmée.</p> : <InForce visit={visit} states={inForce} mayAct={mayAct} />}
        <h2>Sans base</h2>
        {without.length === 0 ? (
          <p>Aucun connecteur n’est dans ce cas.</p>
        ) : (
          <>
            <p>{french`Pour ces producteurs, il faut demander une licence. Le courrier est prêt sur la page de chaque producteur.`}</p>
            <Table
              caption="Connecteurs sans base"
              isCaptionHidden
              head={["Producteur", "Pourquoi", { title: "Publiées, fermées", isNumber: true }]}
            >
              {without.map((state) => (
                <tr>
                  <td>
                    <ConnectorLink visit={visit} connector={state.connector} />
                  </td>
                  <td lang={state.proposal.note === undefined ? undefined : "en"}>{state.proposal.note ?? "–"}</td>
                  <td class="fr-cell--right">
                    <Closed state={state} />
                  </td>
                </tr>
              ))}
            </Table>
          </>
        )}
        {licensed > 0 && (
          <p class="moisson-mention">
            {french`${counted(licensed, "connecteur")} dont les fiches ont une licence ouverte : rien à confirmer.`}
          </p>
        )}
      </>
    ),
  };
}

interface StatesGiven {
  readonly visit: Visit;
  readonly states: readonly ReuseState[];
  readonly mayAct: boolean;
}

function ConfirmForm({ visit, states, mayAct, asked }: StatesGiven & { readonly asked: string | null }): Child {
  const table = (
    <Table
      caption="Bases à confirmer"
      isCaptionHidden
      head={["Producteur", "Base proposée", "Sur quoi elle repose", { title: "Aides à ouvrir", isNumber: true }]}
    >
      {states.map((state) => (
        <tr id={`base-${state.connector}`}>
          <td>
            {mayAct ? (
              <Checkbox id={`choix-${state.connector}`} name="connecteur" value={state.connector} checked={asked === state.connector}>
                <span>
                  <ConnectorName visit={visit} connector={state.connector} />
                </span>
              </Checkbox>
            ) : (
              <ConnectorLink visit={visit} connector={state.connector} />
            )}
          </td>
          <td>
            {basisLabels[state.proposal.basis]}
            {state.announced !== null && <span class="moisson-mention">{french` (le portail annonce ${state.announced})`}</span>}
            {state.hasChanged && (
              <span class="moisson-mention">{french` (proposition nouvelle : la base confirmée avant reste en vigueur)`}</span>
            )}
          </td>
          <td>
            <RestsOn {...state.proposal} />
            {state.proposal.note !== undefined && (
              <span class="moisson-mention" lang="en">
                {" "}
                {state.proposal.note}
              </span>
            )}
          </td>
          <td class="fr-cell--right">
            <Closed state={state} />
          </td>
        </tr>
      ))}
    </Table>
  );
  if (!mayAct) return table;
  return (
    <ActForm action={`${reusePath}/confirmer`} csrf={visit.csrf}>
      <Checkbox id="tout-cocher" ticks="connecteur">
        Cocher tous les connecteurs
      </Checkbox>
      {table}
      <p>{french`Répondez pour tous les connecteurs cochés. Si une réponse est « oui » pour l'un d'eux, décochez-le.`}</p>
      {exclusionsOf(states).map((exclusion) => (
        <Question exclusion={exclusion} />
      ))}
      <p class="fr-mb-4w">
        <SubmitButton label="Confirmer les bases cochées" />
      </p>
    </ActForm>
  );
}

/** A question about an exclusion, without a default answer. */
function Question({ exclusion }: { readonly exclusion: ReuseExclusion }): Child {
  const id = `question-${exclusion}`;
  return (
    <fieldset class="fr-fieldset" aria-labelledby={`${id}-legende`}>
      <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id={`${id}-legende`}>
        {exclusionQuestionsInFrench[exclusion]}
      </legend>
      {(["non", "oui"] as const).map((answer) => (
        <div class="fr-fieldset__element fr-fieldset__element--inline">
          <div class="fr-radio-group fr-radio-group--sm">
            <input type="radio" id={`${id}-${answer}`} name={exclusion} value={answer} required />
            <label class="fr-label" for={`${id}-${answer}`}>
              {answer}
            </label>
          </div>
        </div>
      ))}
    </fieldset>
  );
}

function InForce({ visit, states, mayAct }: StatesGiven): Child {
  return (
    <Table
      caption="Bases confirmées"
      isCaptionHidden
      head={[
        "Producteur",
        "Base",
        "Sur quoi elle repose",
        "Confirmée",
        { title: "Publiées", isNumber: true },
        ...(mayAct ? ["Revenir en arrière"] : []),
      ]}
      rows={states.flatMap((state) => {
        const { inForce } = state;
        if (inForce === null) return [];
        return [
          [
            <ConnectorLink visit={visit} connector={state.connector} />,
            basisLabels[inForce.basis],
            <RestsOn {...inForce} />,
            french`le ${formatDay(new Date(inForce.at))} par ${inForce.by}`,
            <a href={`/aides?connecteur=${state.connector}&etape=publiee`}>{formatNumber(state.live)}</a>,
            ...(mayAct
              ? [
                  <ActButton
                    action={`${reusePath}/retirer`}
                    csrf={visit.csrf}
                    label="Retirer la base"
                    about={`de ${state.publisher}`}
                    fields={{ connecteur: state.connector }}
                    kind="tertiary"
                  />,
                ]
              : []),
          ],
        ];
      })}
    />
  );
}

function Closed({ state: { connector, closed } }: { readonly state: ReuseState }): Child {
  return closed === 0 ? (
    "0"
  ) : (
    <a href={`/aides?connecteur=${connector}&etape=fermee`}>
      {formatNumber(closed)}
      <span class="fr-sr-only">{` ${isPlural(closed) ? "aides publiées qui restent fermées" : "aide publiée qui reste fermée"}`}</span>
    </a>
  );
}

function RestsOn({ page = null, seen = null, basis }: ReuseState["proposal"] | NonNullable<ReuseState["inForce"]>): Child {
  if (page !== null) return <OutLink href={page} label={seen === null ? "sa page" : french`sa page, lue le ${formatDay(seen)}`} />;
  return basis === "agreement" ? "accord à joindre" : "la loi";
}

function OutLink({ href, label }: { readonly href: string; readonly label: string }): Child {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={`${label} – nouvelle fenêtre`}>
      {label}
    </a>
  );
}

/** Confirms the proposed bases of the ticked connectors. Every question must be answered « non ». */
const confirmAct = actRoute(`${reusePath}/confirmer`, { who: "bizdev", act: "reuse.confirm" }, async (visit, form) => {
  const ids = new Set(form.all("connecteur"));
  if (ids.size === 0) throw new CannotDo("Aucun connecteur n’est coché. Revenez à la page, cochez-en, puis recommencez.");
  const states = (await statesOf(visit)).filter(({ connector }) => ids.has(connector));
  if (states.length < ids.size || states.some((state) => confirmationRefusal(state) !== null))
    throw new CannotDo(
      french`La proposition a changé, ou quelqu'un d'autre a confirmé entre-temps. Revenez à la page et recommencez.`,
      409,
    );
  for (const exclusion of exclusionsOf(states)) {
    const answer = form.text(exclusion);
    const question = exclusionQuestionsInFrench[exclusion];
    if (answer === "oui") throw new CannotDo(french`La base n'est pas confirmée, car cette exclusion s'applique : ${question}`);
    if (answer !== "non") throw new CannotDo(french`Répondez à chaque question. Il manque : ${question}`);
  }
  const { name } = visitorOf(visit);
  await confirmProposals(visit.catalogue, states, { by: name, now: visit.now, note: null });
  const opened = states.reduce((sum, { closed }) => sum + closed, 0);
  return {
    message: french`${counted(states.length, "base confirmée", "bases confirmées")} : ${counted(opened, "aide sort", "aides sortent")} maintenant dans l'API.`,
    to: reusePath,
    subject: states.map(({ connector }) => `connecteur ${connector}`).join(", "),
    details: {
      bases: Object.fromEntries(states.map(({ connector, proposal }) => [connector, proposal.basis])),
      answers: exclusionsOf(states),
    },
  };
});

const revokeAct = actRoute(`${reusePath}/retirer`, { who: "bizdev", act: "reuse.revoke" }, async (visit, form) => {
  const connector = form.text("connecteur");
  const isRevoked = await visit.catalogue.reuseBases.revoke(connector, null, visitorOf(visit).name, visit.now);
  if (!isRevoked) throw new CannotDo("Ce connecteur n’a pas de base confirmée.", 409);
  return {
    message: french`La base de ${await connectorName(visit, connector)} est retirée : ses aides sans licence ouverte ne sortent plus dans l'API.`,
    to: reusePath,
    subject: `connecteur ${connector}`,
  };
});

/** Routes of the legal bases. */
export const reuseRoutes: readonly Route[] = [reusePage, confirmAct, revokeAct];
