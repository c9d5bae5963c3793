import { expect, it } from 'vitest';
import { clinicOrigin } from './clinic-origin.ts';

it('a mail leads to the clinic that sent it, not to its neighbour', () => {
  expect(clinicOrigin('http://localhost:4000', ['*'])).toBe('http://localhost:4000');
  expect(clinicOrigin('http://localhost:4000', ['second.localhost'])).toBe('http://second.localhost:4000');
  expect(clinicOrigin('https://book.clinic.example', ['garden.example', 'book.clinic.example'])).toBe(
    'https://book.clinic.example',
  );
  expect(clinicOrigin('https://book.clinic.example', [])).toBe('https://book.clinic.example');
});
