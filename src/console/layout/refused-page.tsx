import { roleLabels } from "../../french/roles.ts";
import { french } from "../../french/typography.ts";
import type { Role } from "../../model/publisher/role.ts";
import { Alert } from "../parts/alert.tsx";
import { ParagraphLink } from "../parts/link.tsx";
import type { Page } from "../route.ts";
import type { Visit } from "../visit.ts";

/** Why a page is not shown, or an act is not done. */
export type Refusal =
  | {
      readonly code:
        | "signed-out"
        | "signed-out-of-space"
        | "no-role"
        | "from-elsewhere"
        | "stale-form"
        | "too-often"
        | "too-many-forms"
        | "our-fault"
        | "act-failed";
    }
  | { readonly code: "not-yours"; readonly needed: Role }
  | { readonly code: "not-found"; readonly message: string }
  | { readonly code: "cannot"; readonly message: string; readonly status: 408 | 409 | 422 | 503 }
  | { readonly code: "too-much"; readonly maxBytes: number };

/** Returns the page that explains a refusal and what to do. */
export function refusedPage(refusal: Refusal, visit: Visit): Page {
  const { title, status, content } = partsOf(refusal);
  return {
    title,
    status,
    ...(refusal.code === "too-many-forms" && { retryAfter: 30 }),
    content: (
      <div class="fr-py-4w">
        <h1>{title}</h1>
        {content}
        <ParagraphLink href={backFrom(visit)} label="Revenir à la page précédente" />
      </div>
    ),
  };
}

function partsOf(refusal: Refusal): Required<Pick<Page, "title" | "status" | "content">> {
  switch (refusal.code) {
    case "signed-out":
      return {
        title: "Votre session a pris fin",
        status: 401,
        content: (
          <p>
            Rien n’a été enregistré. <a href="/connexion">Connectez-vous à nouveau</a>, puis recommencez.
          </p>
        ),
      };
    case "signed-out-of-space":
      return {
        title: "Votre session a pris fin",
        status: 401,
        content: (
          <p>
            Rien n’a été enregistré. <a href="/espace/connexion">Demandez un nouveau lien</a>, puis recommencez.
          </p>
        ),
      };
    case "no-role":
      return { title: "Pas encore de rôle", status: 403, content: <p>Un administrateur doit d’abord vous donner un rôle.</p> };
    case "not-yours":
      return {
        title: "Cette page n’est pas ouverte à votre rôle",
        status: 403,
        content: <p>{french`Il faut le rôle « ${roleLabels[refusal.needed]} ». Un administrateur peut vous le donner.`}</p>,
      };
    case "from-elsewhere":
      return { title: "Formulaire refusé", status: 403, content: <p>Ce formulaire vient d’un autre site : rien n’a été fait.</p> };
    case "stale-form":
      return {
        title: "Formulaire périmé",
        status: 403,
        content: <p>Ce formulaire date d’une session précédente : rien n’a été fait. Revenez à la page, rechargez-la, et recommencez.</p>,
      };
    case "too-often":
      return {
        title: "Trop d’essais",
        status: 429,
        content: <p>Trop de demandes sont venues de votre adresse. Recommencez dans une heure.</p>,
      };
    case "too-many-forms":
      return {
        title: "Trop d’envois à la fois",
        status: 503,
        content: <p>Nous recevons trop d’envois en ce moment : rien n’a été enregistré. Recommencez dans une demi-minute.</p>,
      };
    case "not-found":
      return { title: "Page introuvable", status: 404, content: <p>{refusal.message}</p> };
    case "cannot":
      return {
        title: "Ce n’est pas possible",
        status: refusal.status,
        content: <Alert kind="error" isAnnounced text={refusal.message} />,
      };
    case "too-much":
      return {
        title: "Trop volumineux",
        status: 413,
        content: <p>{`L’envoi dépasse ${sizeWords(refusal.maxBytes)} : rien n’a été enregistré.`}</p>,
      };
    case "our-fault":
      return {
        title: "Erreur de notre part",
        status: 500,
        content: <p>La page n’a pas pu être préparée. Le détail est dans le journal du service ; rien n’a été fait à moitié.</p>,
      };
    case "act-failed":
      return {
        title: "Erreur de notre part",
        status: 500,
        content: <p>L’action n’est pas allée à son terme. Avant de recommencer, revenez à la page et vérifiez si elle a été faite.</p>,
      };
  }
}

/** Returns a limit in words. */
function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} ko` : `${Math.round(bytes / 1_000_000)} Mo`;
}

/** Returns the path of the previous page of the console, or "/". */
function backFrom({ headers, console: { url } }: Visit): string {
  const referer = headers.get("referer");
  if (referer === null || !URL.canParse(referer)) return "/";
  const from = new URL(referer);
  return from.origin === new URL(url).origin || from.host === headers.get("host") ? `${from.pathname}${from.search}` : "/";
}
