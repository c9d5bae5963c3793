export { changedMeanwhile, refused, type Saved } from './parts/conflict.ts';
export {
  CheckField,
  ChoiceGroup,
  type Option,
  PostButton,
  SelectField,
  SettingsForm,
  TextArea,
  TextField,
} from './parts/fields.tsx';
export { fingerprint } from './parts/fingerprint.ts';
export { line, longText, text, ticked, whole } from './parts/input-schemas.ts';
export { currencyDigits, type MoneyResult, moneyInput, parseMoney } from './parts/money-input.ts';
export { SETTINGS, settingsPage } from './parts/settings-page.tsx';
export { slugFor } from './parts/slug.ts';
export { idOf, isUuid } from './parts/uuid.ts';
export { settingsRoutes } from './settings-routes.ts';
