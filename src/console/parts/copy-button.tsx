import type { Child } from "hono/jsx";

/** A button that copies the text of another element. `of`: id of that element. */
export function CopyButton(given: { readonly of: string; readonly label: string; readonly kind?: "primary" | "secondary" }): Child {
  const { of, label, kind = "secondary" } = given;
  return (
    <p>
      <button class={kind === "primary" ? "fr-btn" : "fr-btn fr-btn--secondary"} type="button" data-copies={of}>
        {label}
      </button>{" "}
      <span role="status" data-copied />
    </p>
  );
}
