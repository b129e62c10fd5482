import type { Child } from "hono/jsx";

/** Stands first in a form of several buttons: the Enter key presses the first one, which must not be whatever stands at the top of a list. */
export function DefaultButton({ name, value }: { readonly name: string; readonly value: string }): Child {
  return <button type="submit" name={name} value={value} hidden />;
}
