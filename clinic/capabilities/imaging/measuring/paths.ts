/** Where the viewer's measuring part reads and writes. */
export function measuringPath(examId: string, rest = ''): string {
  return `/desk/imaging/${examId}/measuring${rest}`;
}
