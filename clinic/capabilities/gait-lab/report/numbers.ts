/** A number with its minus as type has it: "−1.7". */
export function decimal(value: number, digits: number): string {
  const text = (Math.round(value * 10 ** digits) / 10 ** digits + 0).toFixed(digits);
  return text.replace('-', '−');
}

/** A change with its sign: "+0.12", "−1.7". */
export function signed(value: number, digits: number): string {
  const text = decimal(value, digits);
  return value > 0 && Number(text) > 0 ? `+${text}` : text;
}
