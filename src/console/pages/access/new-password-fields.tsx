import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { minPasswordLength } from "../../access/password.ts";
import { TextField } from "../../parts/form-controls.tsx";

/** Asks for a new password twice: fields `mot-de-passe` and `encore`. */
export function NewPasswordFields({ problems }: { readonly problems: Readonly<Record<string, string>> }): Child {
  return (
    <>
      <TextField
        name="mot-de-passe"
        label="Nouveau mot de passe"
        hint={french`${minPasswordLength} caractères au moins ; une phrase convient.`}
        type="password"
        autocomplete="new-password"
        problem={problems["mot-de-passe"]}
        required
      />
      <TextField
        name="encore"
        label="Le nouveau, encore une fois"
        type="password"
        autocomplete="new-password"
        problem={problems.encore}
        required
      />
    </>
  );
}
