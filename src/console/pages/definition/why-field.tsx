import type { Child } from "hono/jsx";
import { TextArea } from "../../parts/form.tsx";
import type { Form } from "../../route.ts";

const longest = 500;

/** Why a definition is changed: every version says so. */
export function WhyField({ value, problem }: { readonly value?: string; readonly problem?: string | undefined }): Child {
  return (
    <TextArea
      name="raison"
      label="Pourquoi ce changement ?"
      hint="Une phrase suffit : elle reste dans l’historique du connecteur."
      value={value}
      problem={problem}
      rows={2}
      maxlength={longest}
      required
    />
  );
}

/** What was said, and what is wrong with it. */
export function readWhy(form: Form): { readonly why: string; readonly problem: string | null } {
  const why = form.text("raison").slice(0, longest);
  return { why, problem: why === "" ? "Dites pourquoi, en une phrase." : null };
}

/** The version that was looked at: a second save never overwrites the first. */
export function BaseField({ version }: { readonly version: number }): Child {
  return <input type="hidden" name="version" value={String(version)} />;
}
