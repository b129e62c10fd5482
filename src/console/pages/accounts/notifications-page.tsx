import { choicesPath } from "../../../french/notifications/mail.ts";
import { kindsFor, type NotificationKind, type NotificationPace, notificationPaces, usualPace } from "../../../model/run/notification.ts";
import { readMailSettings } from "../../../platform/mail/mail-settings.ts";
import { choice, FormFields, type FormProblems, formStatus, readFields } from "../../forms/form.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActButton, ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { actRoute, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";

const kindLabels: Readonly<Record<NotificationKind, readonly [label: string, hint: string]>> = {
  held: ["Un plan est retenu", "Un garde-fou a trouvé la collecte anormale : rien n’est écrit avant une décision."],
  draft: ["Un brouillon attend l’exploitation", "La première collecte d’un connecteur, ou un plan qu’un collègue demande d’appliquer."],
  answered: ["Un producteur a répondu à une lettre", "Le courrier ne contient pas sa réponse : elle est sur la page de la lettre."],
  promised: ["Une correction promise est due", "Le jour promis par le producteur est arrivé, et l’anomalie est toujours là."],
};

const paceLabels: Readonly<Record<NotificationPace, string>> = {
  never: "jamais",
  "at-once": "tout de suite",
  daily: "une fois par jour",
};

function kindsOf(visit: Visit): NotificationKind[] {
  return kindsFor(visitorOf(visit).role ?? "read");
}

/** One field for each kind that the visitor may be notified of. */
function fieldsOf(visit: Visit) {
  const pace = choice(notificationPaces, (one) => paceLabels[one], "Choisissez quand.");
  const fields = kindsOf(visit).map((kind) => [kind, { label: kindLabels[kind][0], hint: kindLabels[kind][1], ...pace }] as const);
  return Object.fromEntries(fields);
}

/** Shows what the visitor is notified of by mail, and when. */
const notifications = pageRoute(choicesPath, "read", async (visit) => {
  const { personId, role } = visitorOf(visit);
  const chosen = await visit.catalogue.notifications.choices(personId);
  const paceOf = (kind: NotificationKind) => chosen.find((one) => one.kind === kind)?.pace ?? usualPace(kind, role ?? "read");
  return notificationsPage(visit, Object.fromEntries(kindsOf(visit).map((kind) => [kind, paceOf(kind)])), {});
});

function notificationsPage(visit: Visit, typed: Readonly<Record<string, string>>, problems: FormProblems): Page {
  const { csrf, console: services } = visit;
  return {
    title: "Mes notifications",
    breadcrumb: [{ title: "Mon compte", href: "/mon-compte" }],
    menuPath: "/mon-compte",
    status: formStatus(problems),
    content: (
      <>
        <h1>Mes notifications</h1>
        <Problems problems={problems} />
        {readMailSettings(services.jobs.services.environment) === null && (
          <Alert kind="warning" level={2} title="Aucun serveur de courrier n’est réglé">
            <p>Vos choix sont gardés, mais rien ne part encore.</p>
          </Alert>
        )}
        <p>
          {"Les courriers vont à "}
          <strong>{visitorOf(visit).email}</strong>
          {". Chaque décision n’est annoncée qu’une fois, et celles qui sont remises à plus tard reviennent le jour dit."}
        </p>
        <ul>
          <li>Tout de suite : en quelques minutes, entre 6 h et 22 h. Ce qui arrive la nuit est dans un seul courrier, à 6 h.</li>
          <li>Une fois par jour : avec la page du matin, les jours où elle part, et seulement s’il y a du nouveau.</li>
        </ul>
        <ActForm action={choicesPath} csrf={csrf} class="moisson-narrow">
          <FormFields fields={fieldsOf(visit)} typed={typed} problems={problems} />
          <SubmitButton label="Enregistrer" />
        </ActForm>
        <div class="fr-mt-2w">
          <ActButton action={`${choicesPath}/arreter`} csrf={csrf} label="Ne plus rien recevoir" />
        </div>
      </>
    ),
  };
}

const choose = actRoute(choicesPath, { who: "read", act: "account.notifications" }, async (visit, form) => {
  const { typed, values, problems } = readFields(fieldsOf(visit), form);
  if (values === null) return notificationsPage(visit, typed, problems);
  const paces = kindsOf(visit).flatMap((kind) => (values[kind] === undefined ? [] : [[kind, values[kind]] as const]));
  return keep(visit, new Map(paces), "Vos choix sont enregistrés.");
});

const stop = actRoute(`${choicesPath}/arreter`, { who: "read", act: "account.notifications" }, async (visit) => {
  const never = new Map(kindsOf(visit).map((kind) => [kind, "never" as const]));
  return keep(visit, never, "Vous ne recevrez plus de notification.");
});

async function keep(visit: Visit, paces: ReadonlyMap<NotificationKind, NotificationPace>, message: string) {
  const { personId, email } = visitorOf(visit);
  await visit.catalogue.notifications.choose(personId, paces, visit.now);
  return { message, to: choicesPath, subject: `compte ${email}`, details: Object.fromEntries(paces) };
}

/** The visitor's notifications by mail. */
export const notificationRoutes = [notifications, choose, stop] as const;
