-- A small clinic for tests. The settings rectus.clinic_id, rectus.slug and rectus.host are set by testing.ts.
insert into clinic (id, slug, name, time_zone, email, demo)
values (current_clinic(), current_setting('rectus.slug'), 'Clinic ' || current_setting('rectus.slug'), 'Europe/Lisbon', 'desk@example.org', true);
insert into clinic_host values (current_setting('rectus.host'), current_clinic());
insert into site (clinic_id, slug, name, city, address, time_zone)
values (current_clinic(), 'harbour', 'Harbour site', 'Lisbon', '1 Quay Street', 'Europe/Lisbon');

insert into resource (clinic_id, site_id, name, kinds, person, title, position)
select current_clinic(), site.id, r.name, r.kinds, r.person, r.title, r.position
from site, (values
  ('Ines Duarte', array['physiotherapist'], true, 'Physiotherapist', 1),
  ('Jonas Feld', array['physiotherapist', 'sonographer'], true, 'Sonographer', 2),
  ('Room 1', array['room'], false, '', 3),
  ('Room 2', array['room'], false, '', 4),
  ('Ultrasound', array['ultrasound'], false, 'Machine A', 5)
) as r (name, kinds, person, title, position);

insert into opening (clinic_id, resource_id, site_id, telehealth, weekday, starts, ends, time_zone)
select current_clinic(), resource.id, resource.site_id, resource.person, weekday, '09:00', '17:00', 'Europe/Lisbon'
from resource, generate_series(1, 5) as weekday;

insert into service (clinic_id, slug, name, mode, duration_min, buffer_after_min, step_min, lead_min, horizon_days, price_minor, currency, position)
values
  (current_clinic(), 'first-visit', 'First visit', 'site', 45, 0, 15, 60, 60, 8500, 'EUR', 1),
  (current_clinic(), 'follow-up', 'Follow-up', 'site', 30, 15, 15, 60, 60, 6000, 'EUR', 2),
  (current_clinic(), 'video', 'First visit by video', 'telehealth', 30, 0, 30, 60, 60, 6000, 'EUR', 3),
  (current_clinic(), 'ultrasound-visit', 'Dynamic ultrasound', 'site', 30, 0, 30, 60, 60, 12000, 'EUR', 4);
insert into service_need (clinic_id, service_id, kind)
select current_clinic(), service.id, kind
from service, lateral unnest(case slug
  when 'video' then array['physiotherapist']
  when 'ultrasound-visit' then array['sonographer', 'room', 'ultrasound']
  else array['physiotherapist', 'room'] end) as kind;
insert into service_site (clinic_id, service_id, site_id)
select current_clinic(), service.id, site.id from service, site where mode = 'site';
