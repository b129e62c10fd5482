import type { Child } from "hono/jsx";
import type { Form } from "../route.ts";
import { FormFields, readFields } from "./form.tsx";

/** The reason for a change, which every version carries. */
export const whyField = {
  label: "Pourquoi ce changement ?",
  hint: "Une phrase suffit : elle reste dans l’historique du connecteur.",
  rows: 2,
  maxLength: 500,
  required: "Dites pourquoi, en une phrase.",
};

/** Renders the field of the reason. */
export function WhyField({ value = "", problem }: { readonly value?: string; readonly problem?: string | undefined }): Child {
  return <FormFields fields={{ raison: whyField }} typed={{ raison: value }} problems={problem === undefined ? {} : { raison: problem }} />;
}

/** Reads the reason from a form. */
export function readWhy(form: Form): { readonly why: string; readonly problem: string | null } {
  const { typed, problems } = readFields({ raison: whyField }, form);
  return { why: typed.raison, problem: problems.raison ?? null };
}
