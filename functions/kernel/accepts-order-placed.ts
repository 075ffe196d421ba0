// oxlint-disable
// Made from order-event-schema.ts by `npm run schemas`, not by hand: see docs/adr/0027-a-check-derived-from-the-schema.md.
import type { OrderPlacedWire } from './order-event-schema.ts';
import { hasAllowedSkus, hasSummedTotal } from './order-lines.ts';

const KEPT_0 = /^[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,127}$/;
const KEPT_1 = /^[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,299}$/;
const KEPT_2 = /^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$/;
const KEPT_3 = /^urn:order-events:order\.placed:1\.[0-9]{1,5}$/;
const KEPT_4 = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const KEPT_5 = /^\+[1-9]\d{6,14}$/;
const KEPT_6 = /^[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,63}$/;
const KEPT_7 = new Set<unknown>(['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF', 'AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BMD', 'BND', 'BOB', 'BRL', 'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DKK', 'DOP', 'DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GTQ', 'GYD', 'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IRR', 'JMD', 'KES', 'KGS', 'KHR', 'KPW', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD', 'LSL', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK', 'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN', 'NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'QAR', 'RON', 'RSD', 'RUB', 'SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB', 'TJS', 'TMT', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'USD', 'UYU', 'UZS', 'VED', 'VES', 'WST', 'XCD', 'XCG', 'YER', 'ZAR', 'ZMW', 'ZWG', 'BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** Accepts exactly what the schema accepts, of values that `JSON.parse` gives. */
export function acceptsOrderPlaced(value: unknown): value is OrderPlacedWire {
  if (!(isObject(value))) return false;
  const value_specversion = value['specversion'];
  if (!(value_specversion === '1.0')) return false;
  const value_id = value['id'];
  if (!(typeof value_id === 'string')) return false;
  if (!(KEPT_0.test(value_id))) return false;
  const value_source = value['source'];
  if (!(typeof value_source === 'string')) return false;
  if (!(value_source.length >= 1)) return false;
  if (!(value_source.length <= 2048)) return false;
  const value_type = value['type'];
  if (!(value_type === 'order.placed')) return false;
  const value_subject = value['subject'];
  if (!(typeof value_subject === 'string')) return false;
  if (!(KEPT_0.test(value_subject))) return false;
  const value_corrects = value['corrects'];
  if (value_corrects === undefined) {
    if (!(!('corrects' in value))) return false;
  } else {
    if (!(typeof value_corrects === 'string')) return false;
    if (!(KEPT_1.test(value_corrects))) return false;
  }
  const value_time = value['time'];
  if (!(typeof value_time === 'string')) return false;
  if (!(KEPT_2.test(value_time))) return false;
  const value_datacontenttype = value['datacontenttype'];
  if (value_datacontenttype === undefined) {
    if (!(!('datacontenttype' in value))) return false;
  } else {
    if (!(value_datacontenttype === 'application/json')) return false;
  }
  const value_dataschema = value['dataschema'];
  if (value_dataschema === undefined) {
    if (!(!('dataschema' in value))) return false;
  } else {
    if (!(typeof value_dataschema === 'string')) return false;
    if (!(KEPT_3.test(value_dataschema))) return false;
  }
  const value_data = value['data'];
  if (!(isObject(value_data))) return false;
  const value_data_customer = value_data['customer'];
  if (value_data_customer === undefined) {
    if (!(!('customer' in value_data))) return false;
  } else {
    if (!(isObject(value_data_customer))) return false;
    const value_data_customer_email = value_data_customer['email'];
    if (value_data_customer_email === undefined) {
      if (!(!('email' in value_data_customer))) return false;
    } else {
      if (!(typeof value_data_customer_email === 'string')) return false;
      if (!(KEPT_4.test(value_data_customer_email))) return false;
      if (!(value_data_customer_email.length <= 254)) return false;
    }
    const value_data_customer_phone = value_data_customer['phone'];
    if (value_data_customer_phone === undefined) {
      if (!(!('phone' in value_data_customer))) return false;
    } else {
      if (!(typeof value_data_customer_phone === 'string')) return false;
      if (!(KEPT_5.test(value_data_customer_phone))) return false;
    }
  }
  const value_data_lines = value_data['lines'];
  if (!(isList(value_data_lines))) return false;
  for (const value_data_lines_item of value_data_lines) {
    if (!(isObject(value_data_lines_item))) return false;
    const value_data_lines_item_sku = value_data_lines_item['sku'];
    if (!(typeof value_data_lines_item_sku === 'string')) return false;
    if (!(KEPT_6.test(value_data_lines_item_sku))) return false;
    const value_data_lines_item_quantity = value_data_lines_item['quantity'];
    if (!(typeof value_data_lines_item_quantity === 'number')) return false;
    if (!(Number.isSafeInteger(value_data_lines_item_quantity))) return false;
    if (!(value_data_lines_item_quantity >= 1)) return false;
    if (!(value_data_lines_item_quantity <= 1000000)) return false;
    const value_data_lines_item_unitPrice = value_data_lines_item['unitPrice'];
    if (!(typeof value_data_lines_item_unitPrice === 'number')) return false;
    if (!(Number.isSafeInteger(value_data_lines_item_unitPrice))) return false;
    if (!(value_data_lines_item_unitPrice >= 0)) return false;
    if (!(value_data_lines_item_unitPrice <= 1000000000)) return false;
  }
  if (!(value_data_lines.length >= 1)) return false;
  if (!(value_data_lines.length <= 200)) return false;
  const value_data_currency = value_data['currency'];
  if (!(KEPT_7.has(value_data_currency))) return false;
  const value_data_total = value_data['total'];
  if (!(typeof value_data_total === 'number')) return false;
  if (!(Number.isSafeInteger(value_data_total))) return false;
  if (!(value_data_total >= 0)) return false;
  if (!(hasAllowedSkus(value_data as never))) return false;
  if (!(hasSummedTotal(value_data as never))) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
