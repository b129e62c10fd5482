import { french } from "../../../french/typography.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";
import { addresseesOf } from "./letter-contacts.ts";
import { isMailAddress } from "./mail-of-console.ts";
import { linkPlace } from "./mail-words.ts";
import type { TypedMail } from "./send-form.tsx";

const longestSubject = 200;
const longestText = 8000;
const mostRecipients = 10;

/** A mail to be sent, or what is wrong in the form. `to`: addresses, each once. */
type ReadMail =
  | { readonly typed: TypedMail; readonly to: readonly string[] }
  | { readonly typed: TypedMail; readonly problems: Readonly<Record<string, string>> };

/** Reads the form that sends a letter. `token`: of its address, where that stays. */
export async function readMail(visit: Visit, form: Form, { connector }: MadeLetter, token: string | null): Promise<ReadMail> {
  const typed = {
    to: form.all("contacts"),
    other: form.text("autre"),
    subject: form.text("objet"),
    text: form.text("message").replace(/\r\n/g, "\n"),
  };
  const people = (await addresseesOf(visit, connector)).filter(({ contactId }) => typed.to.includes(contactId));
  const to = [...new Set([...people.map(({ email }) => email), ...(typed.other === "" ? [] : [typed.other])])];
  const link = token === null ? linkPlace : `${visit.console.url}/lettre/${token}`;
  const problems = { ...problemsOfRecipients(to, typed.other), ...problemsOfWords(typed, link) };
  return Object.keys(problems).length > 0 ? { typed, problems } : { typed, to };
}

function problemsOfRecipients(to: readonly string[], other: string): Record<string, string> {
  if (other !== "" && !isMailAddress(other)) return { autre: "Donnez une seule adresse électronique, sans nom : nom@exemple.fr." };
  if (to.length === 0) return { autre: "Choisissez un contact, ou donnez une adresse." };
  return to.length > mostRecipients ? { contacts: french`Choisissez ${mostRecipients} destinataires au plus.` } : {};
}

function problemsOfWords({ subject, text }: TypedMail, link: string): Record<string, string> {
  const problems: Record<string, string> = {};
  if (subject === "") problems.objet = "Donnez un objet.";
  else if (/\p{Cc}/u.test(subject)) problems.objet = "L’objet tient sur une ligne.";
  else if (subject.length > longestSubject) problems.objet = french`L'objet a ${longestSubject} caractères au plus.`;
  if (text.length > longestText) problems.message = french`Le message a ${longestText} caractères au plus.`;
  else if (!text.includes(link)) problems.message = french`Le message doit contenir l'adresse de la lettre : « ${link} ».`;
  return problems;
}
