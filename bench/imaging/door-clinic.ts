import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { newToken } from '../../clinic/capabilities/imaging/index.ts';
import { dicomwebRoutes } from '../../clinic/interop/dicomweb/index.ts';
import { openAs } from '../../clinic/place.ts';
import { systemClock } from '../../clinic/platform/clock.ts';
import { readConfig } from '../../clinic/platform/config.ts';
import { type Connection, openDatabase, openPool, type Sql } from '../../clinic/platform/database/pool.ts';
import { readAssets } from '../../clinic/platform/web/assets.ts';
import { createWebServer, type Platform } from '../../clinic/platform/web/server.ts';

/** A clinic whose DICOMweb door is open on a port of this machine. */
export interface DoorClinic {
  readonly id: string;
  readonly port: number;
  readonly host: string;
  /** Of a machine that may store and fetch. */
  readonly token: string;
  /** The superuser, who sees everything. */
  readonly admin: Sql;
  close(): Promise<void>;
}

/** @param dataDir where its files lie; the caller removes it */
export async function openDoorClinic(
  connection: Connection,
  secret: string,
  dataDir: string,
): Promise<DoorClinic> {
  const config = {
    ...readConfig({ ...process.env, RECTUS_SECRET: secret, LOG_LEVEL: process.env.BENCH_LOG ?? 'silent' }),
    ...{ secret, dataDir },
  };
  const appSql = openAs(connection, 'rectus_app', secret, config.databasePool);
  const admin = openPool(connection, 2, 'bench');
  const platform: Platform = {
    db: openDatabase(appSql),
    config,
    clock: systemClock,
    assets: readAssets(null),
  };
  const [id, host] = [randomUUID(), 'imaging.test'];
  const { token, hash, prefix } = newToken();
  await admin`insert into clinic (id, slug, name, time_zone, email) values (${id}, 'imaging', 'Bench clinic', 'Europe/Lisbon', 'desk@example.org')`;
  await admin`insert into clinic_host values (${host}, ${id})`;
  await admin`insert into imaging_machine (clinic_id, name, token_hash, token_prefix, may_store, may_read)
    values (${id}, 'Bench machine', ${hash}, ${prefix}, true, true)`;
  const app = await createWebServer(platform);
  app.decorateRequest('staff', null);
  await dicomwebRoutes(app, platform);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    ...{ id, host, token, admin },
    port: (app.server.address() as AddressInfo).port,
    async close() {
      await app.close();
      await Promise.all([appSql.end({ timeout: 2 }), admin.end({ timeout: 2 })]);
    },
  };
}

const EACH_STUDY = 8;

/**
 * Copies the row of one stored clip until there are so many, eight to a study, each study of another person. All of them
 * stand on the one file.
 */
export async function fillInstances({ admin, id }: DoorClinic, count: number): Promise<void> {
  await admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local statement_timeout = '10min'`;
    await tx`
      insert into imaging_instance (clinic_id, file_id, sop_uid, sop_class, series_uid, dicom_study_uid, modality, transfer_syntax, data_sha256,
        width, height, frames, times, regions, warnings, says, metadata, frame_index, source, received_at)
      select i.clinic_id, i.file_id, '2.25.3.' || n, i.sop_class, '2.25.2.' || n / 4, '2.25.1.' || n / ${EACH_STUDY}::int,
        i.modality, i.transfer_syntax, i.data_sha256, i.width, i.height, i.frames, i.times, i.regions, i.warnings,
        i.says || jsonb_build_object('name', 'Person' || n / ${EACH_STUDY}::int || '^Simulated', 'patientId', 'P' || n / ${EACH_STUDY}::int),
        i.metadata, i.frame_index, 'stow', now() - interval '1 minute' * (${count}::int - n)
      from imaging_instance i, generate_series(0, ${count - 1}::int) n
      where i.clinic_id = ${id}::uuid and i.sop_uid not like '2.25.%'`;
    // Triggers are off meanwhile: this is what they do.
    await tx`
      insert into imaging_dicom_study (clinic_id, study_uid, name_key, patient_id, accession, study_date, attributes, first_at)
      select clinic_id, dicom_study_uid, min(lower(says ->> 'name')), min(says ->> 'patientId'), null,
        to_char(min(received_at), 'YYYYMMDD'), '{}', min(received_at)
      from imaging_instance where clinic_id = ${id}::uuid and dicom_study_uid like '2.25.1.%' group by clinic_id, dicom_study_uid`;
  });
  await admin.unsafe('vacuum analyze');
  await admin.unsafe('checkpoint');
}

/** Where the copy of this number is served. */
export function copyPath(n: number): string {
  return `/dicomweb/studies/2.25.1.${Math.floor(n / EACH_STUDY)}/series/2.25.2.${Math.floor(n / 4)}/instances/2.25.3.${n}`;
}
