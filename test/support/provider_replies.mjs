// provider_replies.mjs: what each provider's documentation shows as an answer, shortened and made by hand. A row is a path
// (or a pattern of one) and the answer: JSON, a text, {status, body}, or a function of what was asked.
import { ai } from './provider_replies_ai.mjs'
import { ocr } from './provider_replies_ocr.mjs'

const hours = Array.from({ length: 7 * 24 }, (_, i) => `2024-06-0${1 + Math.floor(i / 24)}T${String(i % 24).padStart(2, '0')}:00`)
const days = (n) => Array.from({ length: n }, (_, i) => `2024-06-${String(i + 1).padStart(2, '0')}`)
const each = (list, value) => list.map(() => value)

function openMeteo({ query }) {
  const list = days(Number(query.get('forecast_days')))
  return {
    latitude: 39.9, longitude: 116.4, utc_offset_seconds: 28800, timezone: 'Asia/Shanghai', elevation: 49,
    current: { time: '2024-06-01T12:00', interval: 900, temperature_2m: 26.4, relative_humidity_2m: 35, precipitation: 0, weather_code: 0,
      pressure_msl: 1008.1, wind_speed_10m: 11.2, wind_direction_10m: 181, visibility: 24140 },
    hourly: { time: hours, temperature_2m: each(hours, 20.5), weather_code: each(hours, 3), wind_speed_10m: each(hours, 6.2),
      wind_direction_10m: each(hours, 44), precipitation: each(hours, 0.1) },
    daily: { time: list, weather_code: each(list, 61), temperature_2m_max: each(list, 31.2), temperature_2m_min: each(list, 17.9),
      sunrise: list.map((d) => `${d}T04:46`), sunset: list.map((d) => `${d}T19:37`), precipitation_sum: each(list, 0.4),
      wind_speed_10m_max: each(list, 14), wind_direction_10m_dominant: each(list, 359) },
  }
}

const qweatherDay = (d) => ({ fxDate: d, sunrise: '04:46', sunset: '19:37', tempMax: '31', tempMin: '17', iconDay: '100', textDay: '晴',
  iconNight: '150', textNight: '晴', windDirDay: '南风', windScaleDay: '1-3', windDirNight: '北风', windScaleNight: '1-3', precip: '0.0' })
const qweatherDays = (n) => ({ code: '200', updateTime: '2024-06-01T12:00+08:00', daily: days(n).map(qweatherDay) })

export const replies = {
  ...ai,
  ...ocr,
  'open-meteo-weather': [
    ['/v1/search', ({ query }) => (query.get('name') === 'nowhere' ? { generationtime_ms: 0.4 }
      : { results: [{ id: 1816670, name: '北京', latitude: 39.9075, longitude: 116.39723, country_code: 'CN', admin1: '北京市' }] })],
    ['/v1/forecast', openMeteo],
  ],
  'qweather-weather': [
    ['/v2/city/lookup', { code: '200', location: [{ name: '北京', id: '101010100', lat: '39.90', lon: '116.40', adm2: '北京', adm1: '北京市' }] }],
    ['/v7/weather/now', { code: '200', updateTime: '2024-06-01T12:10+08:00', now: { obsTime: '2024-06-01T12:00+08:00', temp: '26',
      feelsLike: '27', icon: '100', text: '晴', wind360: '180', windDir: '南风', windScale: '2', windSpeed: '11', humidity: '35',
      precip: '0.0', pressure: '1008', vis: '24', cloud: '10', dew: '9' } }],
    ['/v7/weather/3d', qweatherDays(3)], ['/v7/weather/7d', qweatherDays(7)], ['/v7/weather/30d', qweatherDays(30)],
    ['/v7/indices/1d', { code: '200', daily: [{ date: '2024-06-01', type: '1', name: '运动指数', level: '2', category: '较适宜', text: '较适宜进行运动。' }] }],
  ],
}
