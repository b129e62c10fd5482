import type { Child } from "hono/jsx";
import type { ErrorReport } from "../../../catalogue/reports/error-report-repository.ts";
import { french } from "../../../french/typography.ts";
import { maxReportLength, type ReportedKind, type ReportState } from "../../../model/publisher/error-report.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { ActButton, ActForm, SubmitButton, TextArea } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";
import { actRoute, CannotDo, type Form, pageRoute, type Route } from "../../route.ts";
import { mayCurate, visitorOf } from "../../visit.ts";

/** Address of the list. */
export const reportsPath = "/signalements";
const maxShown = 50;

const kindNames: Readonly<Record<ReportedKind, string>> = {
  closed: "Close ou disparue",
  deadline: "Date",
  amount: "Montant ou taux",
  eligibility: "Conditions",
  territory: "Territoire",
  contact: "Contact",
  link: "Lien",
  other: "Autre chose",
};

/** The errors that readers report about aids: to read, in the next letters, handled. */
const reportsPage = pageRoute(reportsPath, "read", async (visit) => {
  const { errorReports } = visit.catalogue;
  const csrf = mayCurate(visit) ? visit.csrf : null;
  const [waiting, confirmed, handled] = [
    await errorReports.list("new", maxShown),
    await errorReports.list("confirmed", maxShown),
    await errorReports.list("handled", maxShown),
  ];
  return {
    title: "Erreurs signalées",
    breadcrumb: [{ title: "À relire", href: "/relecture" }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>Erreurs signalées</h1>
        <p>
          {french`Des lecteurs signalent ces erreurs, sur la page de recherche ou par l'API. Rien n'est envoyé au producteur avant votre accord : corrigez l'aide, ou confirmez le signalement pour la prochaine lettre.`}
        </p>
        {waiting.length === 0 ? <p>Aucun signalement n’attend d’être lu.</p> : waiting.map((one) => <Waiting report={one} csrf={csrf} />)}
        {confirmed.length > 0 && <Decided title="Dans la prochaine lettre" reports={confirmed} csrf={csrf} acts={["traiter", "defaire"]} />}
        {handled.length > 0 && <Decided title="Traités" reports={handled} csrf={csrf} acts={["defaire"]} />}
      </>
    ),
  };
});

function Waiting({ report, csrf }: { readonly report: ErrorReport; readonly csrf: string | null }): Child {
  const { id, aidId, aidName, kind, text, count, at } = report;
  const times = count === 1 ? "" : french`, ${count} fois`;
  return (
    <section class="fr-mb-4w" aria-labelledby={`signalement-${id}`}>
      <h2 class="fr-h5" id={`signalement-${id}`}>
        <a href={`/aides/${aidId}`}>
          <AidText text={aidName} language={report.language} />
        </a>
      </h2>
      <p>
        {french`${kindNames[kind]}, ${formatDay(new Date(at))}${times}`}
        {text !== "" && french` : « ${text} »`}
      </p>
      {csrf !== null && (
        <>
          <ActForm action={`${reportsPath}/confirmer`} csrf={csrf}>
            <input type="hidden" name="signalement" value={id} />
            <TextArea
              name="point"
              id={`point-${id}`}
              label="Ce que dira la lettre"
              value={text}
              rows={2}
              maxlength={maxReportLength}
              required
            />
            <SubmitButton label="Confirmer pour la prochaine lettre" isSecondary />
          </ActForm>
          <ReportButton path="traiter" report={report} csrf={csrf} />
        </>
      )}
    </section>
  );
}

const labels = { traiter: "Marquer comme traité", defaire: "Défaire" } as const;
type ReportAct = keyof typeof labels;

function ReportButton({ path, report, csrf }: { readonly path: ReportAct; readonly report: ErrorReport; readonly csrf: string }): Child {
  return (
    <ActButton
      action={`${reportsPath}/${path}`}
      csrf={csrf}
      label={labels[path]}
      about={`: ${report.aidName}`}
      kind="tertiary"
      fields={{ signalement: report.id }}
    />
  );
}

function Decided({
  title,
  reports,
  csrf,
  acts,
}: {
  readonly title: string;
  readonly reports: readonly ErrorReport[];
  readonly csrf: string | null;
  readonly acts: readonly ReportAct[];
}): Child {
  return (
    <>
      <h2>{title}</h2>
      <Table
        caption={title}
        isCaptionHidden
        head={["Aide", "Signalement", "Par", "Actions"]}
        rows={reports.map((report) => [
          <a href={`/aides/${report.aidId}`}>
            <AidText text={report.aidName} language={report.language} />
          </a>,
          french`${kindNames[report.kind]} : ${report.point ?? report.text}`,
          report.by,
          csrf !== null && acts.map((path) => <ReportButton path={path} report={report} csrf={csrf} />),
        ])}
      />
    </>
  );
}

interface Decision {
  readonly path: string;
  readonly act: string;
  readonly state: ReportState;
  readonly message: string;
  /** Returns what the letter says. Default: nothing. */
  readonly pointIn?: (form: Form) => string;
}

function decideRoute({ path, act, state, message, pointIn }: Decision): Route {
  return actRoute(`${reportsPath}/${path}`, { who: "bizdev", act }, async (visit, form) => {
    const id = form.text("signalement");
    if (!/^\d{1,15}$/.test(id)) throw new CannotDo("Cette page est trop ancienne : rouvrez la liste.", 422);
    const point = pointIn?.(form) ?? null;
    if (!(await visit.catalogue.errorReports.decide(id, { state, point, by: visitorOf(visit).name })))
      throw new CannotDo("Quelqu’un a déjà répondu à ce signalement.", 409);
    return { message, to: reportsPath, subject: "signalement", details: { id } };
  });
}

function letterPoint(form: Form): string {
  const text = form.text("point").replace(/\s+/g, " ");
  if (text === "" || [...text].length > maxReportLength)
    throw new CannotDo(`Écrivez ce que dira la lettre, en ${maxReportLength} caractères au plus.`, 422);
  return text;
}

/** The list of reported errors, and the acts on a report. */
export const reportRoutes: readonly Route[] = [
  reportsPage,
  decideRoute({
    path: "confirmer",
    act: "report.confirm",
    state: "confirmed",
    message: "Le signalement est un point de la prochaine lettre au producteur.",
    pointIn: letterPoint,
  }),
  decideRoute({ path: "traiter", act: "report.handle", state: "handled", message: "Le signalement est traité." }),
  decideRoute({ path: "defaire", act: "report.undo", state: "new", message: "Le signalement est de nouveau à lire." }),
];
