import { french } from "../../french/typography.ts";
import type { Form } from "../route.ts";
import { minPasswordLength } from "./password.ts";

/** Longest password that is looked at: hashing takes longer for longer ones. */
const longestPassword = 200;

/** What is wrong in a new password, which a form sends twice (`mot-de-passe`, `encore`), by name of the field. */
export function newPasswordProblems(form: Form): Record<string, string> {
  const password = form.text("mot-de-passe");
  if (password.length < minPasswordLength) return { "mot-de-passe": french`Le mot de passe a ${minPasswordLength} caractères au moins.` };
  if (password.length > longestPassword) return { "mot-de-passe": french`Le mot de passe a ${longestPassword} caractères au plus.` };
  return password === form.text("encore") ? {} : { encore: "Les deux saisies diffèrent." };
}
