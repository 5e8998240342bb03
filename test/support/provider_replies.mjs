// provider_replies.mjs: what each provider's documentation shows as an answer, shortened and made by hand. A row is a path
// (or a pattern of one) and the answer: JSON, a text, {status, body}, or a function of what was asked.
import { createHash } from 'node:crypto'
import { ai } from './provider_replies_ai.mjs'
import { media } from './provider_replies_media.mjs'
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
  ...media,
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
  'kuaidi100-parcel': [
    ['/autonumber/auto', [{ comCode: 'yuantong', lengthPre: 15, noCount: 100, noPre: 'YT' }]],
    ['/poll/query.do', ({ body }) => {
      const form = new URLSearchParams(body), param = form.get('param')
      const sign = createHash('md5').update(`${param}secret-key-0123456789secret-id`).digest('hex').toUpperCase()
      if (form.get('sign') !== sign) return { result: false, returnCode: '503', message: '验证签名失败' }
      const { com, num } = JSON.parse(param)
      if (num === 'NOTHING00') return { result: false, returnCode: '500', message: '查询无结果，请隔段时间再查' }
      return { message: 'ok', state: '3', status: '200', condition: 'F00', ischeck: '1', com, nu: num, data: [
        { context: '【上海市】已签收', time: '2024-06-01 12:00:00', ftime: '2024-06-01 12:00:00', status: '签收' },
        { context: '【上海市】派件中', time: '2024-06-01 09:00:00', ftime: '2024-06-01 09:00:00', status: '派件' }] }
    }],
  ],
  'okx-coin': [
    ['/api/v5/market/ticker', ({ query }) => (query.get('instId') === 'NO-NO' ? { code: '51001', msg: 'Instrument ID does not exist', data: [] }
      : { code: '0', msg: '', data: [{ instType: 'SPOT', instId: query.get('instId'), last: '67000.1', lastSz: '0.01', askPx: '67000.2', askSz: '1.2',
        bidPx: '67000.1', bidSz: '0.8', open24h: '66500', high24h: '67800.5', low24h: '66010', volCcy24h: '512000000', vol24h: '7650.2',
        sodUtc0: '66900', sodUtc8: '66700', ts: '1717214400000' }] })],
    ['/api/v5/public/instruments', { code: '0', msg: '', data: [{ instType: 'SPOT', instId: 'BTC-USDT', baseCcy: 'BTC', quoteCcy: 'USDT' }] }],
  ],
  'juhe-price': [['/gnyj/query', { reason: 'success!', error_code: 0, result: [{ city: '北京', '92h': '7.44', '95h': '7.92', '98h': '9.42', '0h': '7.07' }] }]],
  'juhe-identity': [
    ['/idcard/query', ({ body }) => (new URLSearchParams(body).get('realname') === '无名' ? { reason: '库中无此身份证记录', error_code: 210301, result: null }
      : { reason: '成功', error_code: 0, result: { realname: '张*', idcard: '1101**********002X', res: 1, orderid: 'J1' } })],
    ['/telecom/query', { reason: '成功', error_code: 0, result: { res: '2', resmsg: '三要素身份验证不一致', type: '移动', orderid: 'J2' } }],
  ],
  'chuanglan-identity': [['/open/unn/batch-ucheck', ({ body }) => ({ chargeStatus: 1, chargeCount: 1, message: '成功', code: '200000',
    data: new URLSearchParams(body).get('mobiles').split(',').map((mobile) => ({ mobile, lastTime: '1668319189121', area: '北京-北京', numberType: '中国移动', chargesStatus: '1', status: '1' })) })]],
  'qichacha-company': [['/FuzzySearch/GetList', ({ headers, query }) => {
    const token = createHash('md5').update(`secret-id${headers.timespan}secret-key-0123456789`).digest('hex').toUpperCase()
    if (headers.token !== token) return { Status: '115', Message: '身份验证错误或者已过期' }
    return { Status: '200', Message: '查询成功', OrderNumber: 'X1', Paging: { PageSize: 20, PageIndex: 1, TotalRecords: 1 }, Result: [{ KeyNo: 'k1',
      Name: `${query.get('searchKey')}有限公司`, CreditCode: '91110000000000000X', StartDate: '2010-01-02 00:00:00', OperName: '张三', Status: '存续', No: '110000000000000' }] }
  }]],
  'icpquery-icp': [[/^\/query\/(web|app|mapp|kapp)$/, ({ query }) => ({ code: 200, msg: '操作成功', success: true, params: { pageNum: 1, pageSize: 20, pages: 1,
    total: 1, list: query.get('search') === 'nowhere.example' ? [] : [{ domain: 'example.com', serviceName: '示例', mainLicence: '京ICP备00000000号',
      serviceLicence: '京ICP备00000000号-1', natureName: '企业', unitName: '示例科技有限公司', updateRecordTime: '2024-06-01 12:00:00' }] } })]],
}
