// provider_replies_media.mjs: hot lists, news, pictures, videos, music, as each source shows its answers, made by hand.
const item = (n) => ({ id: `a${n}`, ctime: '2024-06-01 12:00', title: `新闻${n}`, description: '摘要', source: '示例日报', picUrl: 'https://example.com/1.jpg', url: `https://example.com/${n}` })
const tian = (result) => ({ query }) => (query.get('key') !== secret ? { code: 230, msg: 'key错误或为空' }
  : query.get('page') === '900' ? { code: 250, msg: '数据返回为空' } : { code: 200, msg: 'success', result })
const secret = 'secret-id secret-key-0123456789 third'
const newslist = { curpage: 1, allnum: 2, newslist: [item(1), item(2)] }
const story = { image_hue: '0xb3947d', title: '示例文章', url: 'https://daily.zhihu.com/story/9700000', hint: '示例作者 · 3 分钟阅读', ga_prefix: '060107',
  images: ['https://example.com/a.jpg'], type: 0, id: 9700000 }
const comments = { comments: [{ author: '读者', content: '好', avatar: 'https://example.com/b.jpg', time: 1717200000, id: 1, likes: 3 }] }
const rss = (title) => `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${title}</title><link>https://example.com/</link>
<item><title>${title}一</title><link>https://example.com/1</link><description>摘要</description><author>作者</author><guid>g1</guid>
<pubDate>Sat, 01 Jun 2024 04:00:00 GMT</pubDate></item></channel></rss>`
const song = { name: '示例歌曲', id: 1, pst: 0, t: 0, ar: [{ id: 2, name: '示例歌手', tns: [], alias: [] }], alia: [], pop: 100, st: 0, rt: '', fee: 8, v: 5,
  crbt: null, cf: '', al: { id: 3, name: '示例专辑', picUrl: 'https://example.com/a.jpg', tns: [], pic_str: '109', pic: 109 }, dt: 200000,
  h: { br: 320000, fid: 0, size: 8000000, vd: -1.5, sr: 48000 }, m: null, l: { br: 128000, fid: 0, size: 3000000, vd: -1.5 }, sq: null, hr: null, a: null, cd: '01', no: 1,
  rtUrl: null, ftype: 0, rtUrls: [], djId: 0, copyright: 1, s_id: 0 }

export const media = {
  'tophub-news': [
    ['/nodes', { error: false, status: 200, data: [{ hashid: 'KqndgxeLl9', name: '微博', display: '热搜榜', domain: 's.weibo.com', logo: '', cid: '1' }] }],
    ['/nodes/none', { status: 404, body: { error: true, status: 404 } }],
    [/^\/nodes\/\w+$/, { error: false, status: 200, data: { hashid: 'KqndgxeLl9', name: '微博', display: '热搜榜', domain: 's.weibo.com', logo: '',
      items: [{ title: '示例话题', description: '', thumbnail: 'https://example.com/1.jpg', url: 'https://example.com/1', extra: '120万' }] } }],
  ],
  'dailyhot-news': [
    ['/all', { code: 200, count: 1, routes: [{ name: 'weibo', path: '/weibo' }] }],
    ['/none', { status: 404, body: { code: 404, message: '未找到' } }],
    [/^\/\w+$/, { code: 200, name: 'weibo', title: '微博', type: '热搜榜', total: 1, updateTime: '2024-06-01T04:00:00.000Z', fromCache: false,
      data: [{ id: 'a', title: '示例话题', desc: '', timestamp: 1717200000000, hot: 1200000, url: 'https://example.com/1', mobileUrl: 'https://example.com/1' }] }],
  ],
  'tianapi-news': [
    ['/weibohot/index', tian({ list: [{ hotword: '示例 话题', hotwordnum: ' 1200000', hottag: '热' }] })],
    ['/bulletin/index', tian({ list: [{ mtime: '2024-06-01', title: '要闻一', digest: '…' }, { mtime: '2024-06-01', title: '要闻二', digest: '…' }] })],
    [/^\/\w+\/index$/, tian(newslist)],
  ],
  'juhe-news': [['/toutiao/index', ({ query }) => (query.get('page') === '49' ? { reason: '暂无数据', result: null, error_code: 223502 }
    : { reason: 'success', error_code: 0, result: { stat: '1', data: [{ uniquekey: 'u1', title: '新闻', date: '2024-06-01 12:00:00', category: '头条', author_name: '示例日报',
      url: 'https://example.com/1', thumbnail_pic_s: 'https://example.com/1.jpg', is_content: '1' }], page: '1', pageSize: '20' } })]],
  'feed-news': [[/^\/rss\/[\w-]+\.xml$/, rss('要闻'), 'application/rss+xml']],
  '60s-news': [
    ['/v2/60s', { code: 200, message: '获取成功', data: { date: '2024-06-01', news: ['要闻一', '要闻二'], cover: 'https://example.com/c.png', image: 'https://example.com/i.png', tip: '日拱一卒', link: '' } }],
    ['/v2/weibo', { code: 200, message: '获取成功', data: [{ title: '示例话题', hot_value: 1200000, link: 'https://example.com/1' }] }],
  ],
  'daily-zhihu': [
    ['/api/4/news/latest', { date: '20240601', stories: [story], top_stories: [{ ...story, images: undefined, image: 'https://example.com/a.jpg' }] }],
    ['/api/4/news/before/20240602', { date: '20240601', stories: [story] }],
    ['/api/4/news/9700000', { status: 200, body: { body: '<div>正文</div>', image_hue: '0xb3947d', title: '示例文章', url: story.url, image: 'https://example.com/a.jpg', share_url: story.url,
      js: [], ga_prefix: '060107', images: story.images, type: 0, id: 9700000, css: ['https://example.com/a.css'] } }],
    [/^\/api\/4\/story\/9700000\/(long|short)-comments$/, comments],
  ],
  'microsoft-bing': [['/HPImageArchive.aspx', { images: [{ startdate: '20240531', enddate: '20240601', url: '/th?id=OHR.A_1920x1080.jpg&rf=x', urlbase: '/th?id=OHR.A',
    copyright: '示例 (© A)', copyrightlink: 'https://www.bing.com/search?q=a', title: '示例', hsh: '0' }] }]],
  'waifu-acg': [['/search', { images: [{ signature: 'a', extension: '.png', url: 'https://example.com/1.png', width: 1200, height: 1700, is_nsfw: false, tags: [] }] }]],
  'nekos-acg': [['/api/v2/neko', { results: [{ artist_name: 'a', url: 'https://example.com/1.png', source_url: 'https://example.com/', dimensions: { width: 1200, height: 1700 } }] }]],
  'tianapi-one': [['/one/index', tian({ oneid: 4300, word: '一句话。', wordfrom: '示例书', imgurl: 'https://example.com/o.jpg', imgauthor: '作者', date: '2024-06-01' })]],
  'feed-one': [[/^\/(essay|photo|question)\.xml$/, rss('一个'), 'application/rss+xml']],
  'bilibili-video': [['/x/web-interface/view', ({ query }) => (query.get('aid') === '1' ? { code: -404, message: '啥都木有', ttl: 1 }
    : query.get('aid') === '2' ? { code: -412, message: 'request was banned', ttl: 1 }
      : { code: 0, message: '0', ttl: 1, data: { bvid: 'BV1xx411c7mD', aid: 170001, title: '示例视频', desc: '简介', pic: 'https://example.com/c.jpg' } })]],
  'giphy-sticker': [['/v1/gifs/search', ({ query }) => (query.get('offset') !== '0' ? { data: [], pagination: {}, meta: { status: 200 } }
    : { data: [{ type: 'gif', id: 'a', title: 'Happy GIF', images: { original: { url: 'https://example.com/1.gif', width: '200' } } }], meta: { status: 200 } })]],
  'doutula-sticker': [['/api/search', ({ query }) => (query.get('page') === '200' ? { status: 1, data: { list: [], more: 0 } }
    : { status: 1, data: { list: [{ id: 1, gif_id: 2, total: 3, image_url: 'https://example.com/1.gif', out_html: '', is_gif: 1 }], more: 1 } })]],
  'netease-music': [
    ['/cloudsearch', ({ query }) => (query.get('offset') === '20' ? { code: 405, message: '操作频繁' } : { code: 200, result: { songs: [song], songCount: 1 } })],
    ['/song/detail', ({ query }) => ({ code: 200, songs: query.get('ids') === '404' ? [] : [song], privileges: [] })],
    ['/lyric', ({ query }) => (query.get('id') === '404' ? { code: 200, nolyric: true } : { code: 200, lrc: { version: 1, lyric: '[00:00.00]歌词\n[00:01.00]第二句' } })],
    ['/playlist/detail', { code: 200, playlist: { id: 1, name: '示例歌单', description: null, coverImgUrl: 'https://example.com/a.jpg', trackCount: 1, playCount: 10, tags: ['流行'], tracks: [song] } }],
    ['/song/url', { code: 200, data: [{ id: 1, url: null, br: 0, size: 0, type: null, expi: 1200 }] }],
    ['/comment/hot', { code: 200, total: 1, hotComments: [{ commentId: 1, content: '好听', likedCount: 100, time: 1717200000000, user: { userId: 9, nickname: '听众', avatarUrl: 'https://example.com/b.jpg' } }] }],
  ],
  'uomg-music': [['/api/comments.163', { code: 1, data: { name: '示例歌曲', url: 'https://example.com/a.mp3', picurl: 'https://example.com/a.jpg', artistsname: '歌手',
    avatarurl: 'https://example.com/b.jpg', nickname: '听众', content: '安静了。' } }]],
}
