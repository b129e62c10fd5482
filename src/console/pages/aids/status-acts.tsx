import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import {
  decideConfirm,
  decidePublish,
  decideReject,
  decideRestore,
  decideSplit,
  decideSuspend,
  decideUnpublish,
  decideWithdraw,
} from "../../../curation/decide-status.ts";
import type { Curator } from "../../../curation/person-plan.ts";
import type { Verdict } from "../../../curation/persons-change.ts";
import { french } from "../../../french/typography.ts";
import { isManual } from "../../../jobs/entry/manual-connector.ts";
import { missingAt } from "../../../model/aid/publishable.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { entryPath } from "../../entry/entry-path.ts";
import { type FormProblems, formStatus } from "../../forms/form.tsx";
import { AidName } from "../../parts/aid-text.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActButton, ActForm, TextArea, TextField } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { type ActRoute, actRoute, type Form, type Page, type PageRoute, pageRoute, type Route } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { gapMessage } from "./aid-status.tsx";
import { aidBreadcrumb, aidPath, performAidAct } from "./perform-aid-act.ts";
import type { AidView } from "./read-aid-view.ts";

/** An action of a curator on the status of an aid. */
interface StatusAct {
  /** Last segment of its URL. */
  readonly slug: string;
  /** Name of the command. The audit trail adds `aid.` before it. */
  readonly kind: string;
  /** Label of the button. */
  readonly label: string;
  readonly done: string;
  readonly explained: string;
  /** The form asks for a reason. */
  readonly asksWhy: boolean;
  /** The form asks for an end date. */
  readonly asksUntil: boolean;
  /** A button performs the action directly, without a form. */
  readonly isPlain: boolean;
  /** Returns false for an aid to which the action does not apply: it is not offered. */
  readonly fits: (aid: CuratedAid) => boolean;
  readonly decide: (aid: CuratedAid, curator: Curator, input: { readonly until: string; readonly why: string }) => Verdict;
}

const isGone = ({ status }: CuratedAid) => status === "deleted" || status === "merged";
const plain = { asksWhy: false, asksUntil: false, isPlain: true } as const;

/** All actions, in display order. */
const statusActs: readonly StatusAct[] = [
  {
    slug: "publier",
    kind: "publish",
    label: "Publier",
    done: french`L'aide est publiée.`,
    explained: french`L'aide est en ligne telle qu'elle est affichée.`,
    ...plain,
    fits: (aid) => !isGone(aid) && aid.status !== "published",
    decide: decidePublish,
  },
  {
    slug: "depublier",
    kind: "unpublish",
    label: "Dépublier",
    done: french`L'aide n'est plus en ligne : c'est un brouillon.`,
    explained: french`L'aide quitte le site, jusqu'à ce que quelqu'un la publie à nouveau.`,
    ...plain,
    fits: ({ status }) => status === "published",
    decide: decideUnpublish,
  },
  {
    slug: "rejeter",
    kind: "reject",
    label: "Rejeter",
    done: french`L'aide est rejetée.`,
    explained: french`L'aide reste hors du site quoi que dise son flux, et n'est jamais recréée.`,
    asksWhy: true,
    asksUntil: false,
    isPlain: false,
    fits: (aid) => !isGone(aid),
    decide: decideReject,
  },
  {
    slug: "retablir",
    kind: "restore",
    label: "Rétablir",
    done: french`L'aide est rétablie.`,
    explained: french`Reprend un rejet, un retrait ou une suspension.`,
    ...plain,
    fits: ({ status, withdrawnBy, watch }) =>
      status !== "merged" && (status === "deleted" || withdrawnBy !== null || watch?.state === "suspended"),
    decide: decideRestore,
  },
  {
    slug: "separer",
    kind: "split",
    label: "Séparer",
    done: french`L'aide est séparée : elle attend d'être relue.`,
    explained: french`Reprend la fusion : l'aide attend à nouveau d'être relue.`,
    ...plain,
    fits: ({ status }) => status === "merged",
    decide: decideSplit,
  },
  {
    slug: "suspendre",
    kind: "suspend",
    label: "Suspendre",
    done: french`L'aide est suspendue.`,
    explained: french`L'aide quitte le site. Au jour choisi, quelqu'un doit la revoir.`,
    asksWhy: true,
    asksUntil: true,
    isPlain: false,
    fits: (aid) => !isGone(aid) && aid.withdrawnAt === null,
    decide: (aid, curator, { until, why }) => decideSuspend(aid, curator, until, why),
  },
  {
    slug: "confirmer",
    kind: "confirm",
    label: "Confirmer",
    done: french`L'aide est confirmée.`,
    explained: french`Jusqu'au jour choisi, l'aide est tenue pour juste, même si son producteur n'en dit rien de nouveau.`,
    asksWhy: false,
    asksUntil: true,
    isPlain: false,
    fits: (aid) => !isGone(aid) && aid.withdrawnAt === null,
    decide: (aid, curator, { until }) => decideConfirm(aid, curator, until),
  },
  {
    slug: "retirer",
    kind: "withdraw",
    label: "Retirer",
    done: french`L'aide est retirée.`,
    explained: french`L'aide quitte le site pour de bon, quoi que dise son flux, jusqu'à ce que quelqu'un la rétablisse.`,
    asksWhy: true,
    asksUntil: false,
    isPlain: false,
    fits: (aid) => !isGone(aid) && (aid.withdrawnBy === null || aid.watch?.state === "suspended"),
    decide: decideWithdraw,
  },
];

/** Links to the row of the aid in its publisher's file, if the form for one aid can correct it. */
async function RowLink({ visit, view: { aid, definition } }: { readonly visit: Visit; readonly view: AidView }): Promise<Child> {
  if (definition === null || !isManual(definition)) return null;
  const publisher = await visit.catalogue.publishers.findByConnector(aid.connector);
  if (publisher === null) return null;
  return (
    <ButtonLink href={entryPath(publisher, aid.externalId)} kind="secondary" size="sm" label="Corriger dans le fichier du producteur" />
  );
}

/** Renders the actions available on the aid. */
export function AidActsBar({ visit, view }: { readonly visit: Visit; readonly view: AidView }): Child {
  const { aid } = view;
  const missing = missingAt("publishable", view.missing);
  const isIncomplete = missing.length > 0 && (aid.status === "reviewable" || aid.status === "draft");
  const acts = statusActs.filter((act) => act.fits(aid) && (act.kind !== "publish" || !isIncomplete));
  return (
    <section aria-label="Ce que l’on peut faire" class="fr-mb-4w moisson-no-print">
      <div class="moisson-acts">
        {!isGone(aid) && (
          <a class="fr-btn fr-btn--sm fr-btn--icon-left fr-icon-edit-line" href={`/aides/${aid.aidId}/corriger`} data-key="e">
            Corriger
          </a>
        )}
        {!isGone(aid) && <RowLink visit={visit} view={view} />}
        {acts.map(({ slug, label, isPlain }) =>
          isPlain ? (
            <ActButton
              action={`/aides/${aid.aidId}/${slug}`}
              csrf={visit.csrf}
              label={label}
              about={<AidName aid={aid} />}
              fields={{ revision: String(aid.revision) }}
            />
          ) : (
            <a class="fr-btn fr-btn--secondary fr-btn--sm" href={`/aides/${aid.aidId}/${slug}`}>
              {label}…
            </a>
          ),
        )}
        {!isGone(aid) && <ButtonLink href={`/aides/${aid.aidId}/fusionner`} kind="secondary" size="sm" label="Fusionner…" />}
      </div>
      {isIncomplete && (
        <p class="moisson-mention fr-mt-2w fr-mb-0">
          {french`Elle pourra être publiée quand ceci sera rempli ou corrigé : `}
          {missing.map((field, place) => (
            <>
              {place > 0 && ", "}
              <a href={`/aides/${aid.aidId}/corriger#champ-aide-${field}`}>{gapMessage(aid, field)}</a>
            </>
          ))}
          .
        </p>
      )}
    </section>
  );
}

function confirmRoute(act: StatusAct): PageRoute {
  return pageRoute(`/aides/:aide/${act.slug}`, "bizdev", async (visit) => {
    return actPage(visit, await findAid(visit, param(visit, "aide")), act, { until: "", why: "" }, {});
  });
}

function performRoute(act: StatusAct): ActRoute {
  return actRoute(`/aides/:aide/${act.slug}`, { who: "bizdev", act: `aid.${act.kind}` }, async (visit, form) => {
    const aid = await findAid(visit, param(visit, "aide"));
    const input = { until: form.text("jusque"), why: form.text("raison") };
    const problems = problemsOf(act, form, parisDay(visit.now));
    if (Object.keys(problems).length > 0) return actPage(visit, aid, act, input, problems);
    return performAidAct(visit, aid, form, {
      kind: act.kind,
      asked: { ...(act.asksUntil && { until: input.until }), ...(act.asksWhy && { reason: input.why }) },
      note: input.why,
      done: act.done,
      decide: (each, curator) => act.decide(each, curator, input),
    });
  });
}

function problemsOf(act: StatusAct, form: Form, today: string): FormProblems {
  const until = form.text("jusque");
  const isToCome = isDay(until) && until > today;
  return {
    ...(act.asksUntil && !isToCome && { jusque: "Choisissez un jour à venir." }),
    ...(act.asksWhy && form.text("raison") === "" && { raison: french`Dites pourquoi : ce sera gardé avec l’aide.` }),
  };
}

function actPage(
  visit: Visit,
  aid: CuratedAid,
  act: StatusAct,
  input: { readonly until: string; readonly why: string },
  problems: FormProblems,
): Page {
  return {
    title: `${act.label} une aide`,
    breadcrumb: aidBreadcrumb(aid),
    menuPath: "/aides",
    status: formStatus(problems),
    content: (
      <div class="moisson-narrow">
        <h1>{`${act.label} une aide`}</h1>
        <p class="fr-text--lead">
          <AidName aid={aid} />
        </p>
        <p>{act.explained}</p>
        <Problems problems={problems} />
        <ActForm action={`/aides/${aid.aidId}/${act.slug}`} csrf={visit.csrf}>
          <input type="hidden" name="revision" value={String(aid.revision)} />
          {act.asksUntil && (
            <TextField
              name="jusque"
              label="Jusqu’au"
              hint="Jour où il faudra la revoir."
              type="date"
              value={input.until}
              problem={problems.jusque}
              required
            />
          )}
          <TextArea
            name="raison"
            label="Pourquoi"
            hint="Gardé dans l’histoire de l’aide."
            value={input.why}
            problem={problems.raison}
            required={act.asksWhy}
            rows={2}
            maxlength={1000}
          />
          <SubmitOrLeave label={act.label} leaveLabel="Renoncer" leaveHref={aidPath(aid.aidId)} />
        </ActForm>
      </div>
    ),
  };
}

/** Routes of the actions on the status of an aid (publish, reject, withdraw…): a page and an act each. */
export const statusActRoutes: readonly Route[] = statusActs.flatMap((act) => [confirmRoute(act), performRoute(act)]);
