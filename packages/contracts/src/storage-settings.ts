/** The settings of where finished files live, which gateways and workers read alike. */
import { type Static, Type } from 'typebox'

const text = (description: string, initial = '') => Type.String({ description, default: initial })

export const storageSettings = {
  EGRESS_CA_FILE: text(
    'A file of certificates (PEM): authorities that are trusted beside the public ones, for videos, for webhooks and for the bucket.',
  ),
  S3_BUCKET: text('The bucket that finished files live in; empty: they live in DATA_DIR.'),
  S3_ENDPOINT: Type.String({
    description: "Address of a store that is not Amazon's, such as https://s3.example.org.",
    default: '',
    pattern: '^$|^https?://[^/?#]+$',
  }),
  S3_PUBLIC_ENDPOINT: Type.String({
    description: 'Where clients reach the store, for redirects; empty: as S3_ENDPOINT.',
    default: '',
    pattern: '^$|^https?://[^/?#]+$',
  }),
  S3_REGION: text('Region of the bucket.', 'us-east-1'),
  S3_ACCESS_KEY_ID: text("Empty, together with the secret: taken from the machine's role or its files."),
  S3_SECRET_ACCESS_KEY: text('Belongs to the key.'),
  S3_PREFIX: Type.String({
    description: 'In front of every key, such as videos/; ends with a slash.',
    default: '',
    pattern: '^$|^([A-Za-z0-9._-]+/)+$',
  }),
  S3_FORCE_PATH_STYLE: Type.Boolean({
    description: "The bucket stands in the path instead of the host name, as most stores but Amazon's need it.",
    default: false,
  }),
}

export const StorageSettings = Type.Object(storageSettings)
export type StorageSettings = Static<typeof StorageSettings>
