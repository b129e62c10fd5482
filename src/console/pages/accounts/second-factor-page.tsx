import type { Child } from "hono/jsx";
import { encode } from "uqr";
import { counted, french } from "../../../french/typography.ts";
import type { Secrets } from "../../../platform/secrets.ts";
import { isAttemptAllowed, pauseSeconds } from "../../access/attempt-limits.ts";
import {
  isCode,
  keyAddress,
  needsSecondFactor,
  newCodeKey,
  newRecoveryCodes,
  recoveryHash,
  sealKey,
  stepOfCode,
  unsealKey,
} from "../../access/second-factor.ts";
import { formStatus } from "../../forms/form.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { formatDay } from "../../parts/time.ts";
import { actRoute, CannotDo, type Page, pageRoute, type Route } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";

const path = "/mon-compte/double-authentification";
const breadcrumb = [{ title: "Mon compte", href: "/mon-compte" }];

const page = pageRoute(path, "signed-in", (visit) => secondFactorPage(visit, {}));

/** Returns the page. `problems`: of its form; `sealed`: the key that the form already shows. */
async function secondFactorPage(visit: Visit, problems: Readonly<Record<string, string>>, sealed?: string): Promise<Page> {
  const { personId } = visitorOf(visit);
  const { secrets } = visit.console.settings;
  const factor = await visit.catalogue.secondFactors.find(personId);
  const content =
    factor !== null ? (
      <Removal visit={visit} problems={problems} recoveryCodes={factor.recoveryCodes} since={factor.createdAt} />
    ) : secrets === null ? (
      <Alert kind="info" text="La double authentification n’est pas disponible : la clé MOISSON_SECRET du service n’est pas définie." />
    ) : (
      <SetUp visit={visit} problems={problems} sealed={sealed ?? sealKey(newCodeKey(), personId, secrets)} secrets={secrets} />
    );
  return {
    title: "Double authentification",
    breadcrumb,
    menuPath: "/mon-compte",
    status: formStatus(problems),
    content: (
      <>
        <h1>Double authentification</h1>
        <Problems problems={problems} />
        {content}
      </>
    ),
  };
}

interface FormGiven {
  readonly visit: Visit;
  readonly problems: Readonly<Record<string, string>>;
}

/** `sealed`: the new key. The form sends it back, so nothing is stored before it is confirmed. */
function SetUp({ visit, problems, sealed, secrets }: FormGiven & { readonly sealed: string; readonly secrets: Secrets }): Child {
  const { personId, email, role } = visitorOf(visit);
  const key = unsealKey(sealed, personId, secrets) ?? "";
  return (
    <>
      {visit.console.settings.requiresSecondFactor && needsSecondFactor(role) && (
        <Alert kind="info" text="Votre rôle demande la double authentification : activez-la pour continuer." />
      )}
      <p>Avec elle, un mot de passe volé ne suffit plus pour entrer : la connexion demande aussi un code que votre téléphone calcule.</p>
      <ol>
        <li>Installez une application d’authentification sur votre téléphone, par exemple Aegis, 2FAS ou FreeOTP.</li>
        <li>Avec elle, lisez ce QR code, ou tapez la clé.</li>
        <li>Recopiez ici le code de six chiffres qu’elle affiche.</li>
      </ol>
      <QrCode text={keyAddress(key, { service: visit.console.settings.name, email })} />
      <p>
        Clé : <code>{key.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <ActForm action={path} csrf={visit.csrf} class="moisson-narrow">
        <input type="hidden" name="cle" value={sealed} />
        <TextField name="code" label="Code" autocomplete="one-time-code" maxlength={10} problem={problems.code} required />
        <SubmitButton label="Activer" />
      </ActForm>
    </>
  );
}

function Removal({ visit, problems, recoveryCodes, since }: FormGiven & { readonly recoveryCodes: number; readonly since: Date }): Child {
  return (
    <>
      <p>{french`Elle est active depuis le ${formatDay(since)}. Il vous reste ${counted(recoveryCodes, "code de secours", "codes de secours")}.`}</p>
      <p>Pour changer de téléphone ou obtenir de nouveaux codes de secours, retirez-la, puis activez-la à nouveau.</p>
      <ActForm action={`${path}/retirer`} csrf={visit.csrf} class="moisson-narrow">
        <TextField
          name="code"
          label="Code, ou code de secours"
          autocomplete="one-time-code"
          maxlength={40}
          problem={problems.code}
          required
        />
        <SubmitButton label="Retirer la double authentification" />
      </ActForm>
    </>
  );
}

/** A QR code as an image of squares. */
function QrCode({ text }: { readonly text: string }): Child {
  const { data, size } = encode(text, { border: 2, ecc: "M" });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="220" height="220" role="img" aria-label="QR code de la clé">
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join("")} fill="#000" />
    </svg>
  );
}

const turnOn = actRoute(path, { who: "signed-in", act: "account.second-factor" }, async (visit, form) => {
  const { catalogue, now } = visit;
  const { personId, email } = visitorOf(visit);
  const { secrets } = visit.console.settings;
  const sealed = form.text("cle");
  const key = secrets === null ? null : unsealKey(sealed, personId, secrets);
  if (key === null) throw new CannotDo("La clé de ce formulaire n’est plus valable : rouvrez la page.");
  const step = stepOfCode(key, form.text("code").slice(0, 10), now);
  if (step === null) return secondFactorPage(visit, { code: "Ce code est faux ou périmé. Vérifiez aussi l’heure du téléphone." }, sealed);
  const codes = newRecoveryCodes();
  const added = await catalogue.secondFactors.add(personId, { sealed, step, recoveryHashes: codes.map(recoveryHash), createdAt: now });
  if (!added) throw new CannotDo("La double authentification est déjà active.", 409);
  return { page: recoveryPage(codes), subject: `compte ${email}` };
});

function recoveryPage(codes: readonly string[]): Page {
  return {
    title: "Codes de secours",
    breadcrumb,
    menuPath: "/mon-compte",
    content: (
      <>
        <h1>La double authentification est active</h1>
        <p>Gardez ces codes de secours à part du téléphone. Chacun remplace une fois le code, et ils ne seront plus montrés.</p>
        <List items={codes.map((code) => <code>{code}</code>)} />
        <p>
          <a href="/mon-compte">Retour à mon compte</a>
        </p>
      </>
    ),
  };
}

const turnOff = actRoute(`${path}/retirer`, { who: "signed-in", act: "account.no-second-factor" }, async (visit, form) => {
  const { catalogue, client, now } = visit;
  const { personId, email } = visitorOf(visit);
  const { secrets } = visit.console.settings;
  const factor = await catalogue.secondFactors.find(personId);
  if (factor === null || secrets === null) throw new CannotDo("La double authentification n’est pas active.", 409);
  if (!(await isAttemptAllowed(catalogue, { email, client, now, device: null })))
    return secondFactorPage(visit, { code: french`Trop d'essais. Attendez ${pauseSeconds} secondes.` });
  if (!(await isCode(catalogue, { personId, sealed: factor.sealed }, { code: form.text("code").slice(0, 40), now, secrets })))
    return secondFactorPage(visit, { code: "Ce code est faux, périmé ou déjà utilisé." });
  await catalogue.secondFactors.remove(personId);
  return { message: "La double authentification est retirée.", to: "/mon-compte", subject: `compte ${email}` };
});

/** Routes with which a person sets up and removes their second factor. */
export const secondFactorRoutes: readonly Route[] = [page, turnOn, turnOff];
