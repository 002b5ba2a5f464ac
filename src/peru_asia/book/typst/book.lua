-- What Pandoc's own Typst writer does not know of this book: parts, admonitions, source lines.

local function typst(text) return pandoc.RawBlock("typst", text) end

local function quoted(text) return '"' .. text:gsub('[\\"]', "\\%0") .. '"' end

local function wrapped(open, blocks)
  local out = pandoc.List({ typst(open .. "[") })
  out:extend(blocks)
  out:insert(typst("]"))
  return out
end

function Div(div)
  if div.classes:includes("part") then
    return typst("#part(" .. quoted(pandoc.utils.stringify(div)) .. ")")
  elseif div.classes:includes("admonition") then
    local title = table.remove(div.content, 1)
    return wrapped("#admonition(title: [" .. pandoc.utils.stringify(title) .. "])", div.content)
  elseif div.classes:includes("finding") then
    local picture = table.remove(div.content, 1)
    local out = pandoc.List({ typst("#finding(["), picture, typst("], [") })
    out:extend(div.content)
    out:insert(typst("])"))
    return out
  elseif div.classes:includes("figure-source") then
    local live = ""
    local words = div:walk({
      Link = function(link)
        if link.classes:includes("live") then
          live = "(live: (" .. quoted(link.target) .. ", " .. quoted(link.title) .. "))"
          return {}
        end
      end,
    })
    return wrapped("#source" .. live, words.content)
  end
end

-- The lists of figures and tables take a caption's first sentence.
function Figure(figure)
  local caption = figure.caption.long
  local text = pandoc.utils.stringify(caption)
  local first = text:match("^%a+%.? [%d.]+ .-[^%d]%.%f[%s\0]") or text
  if #caption > 0 then
    local mark = pandoc.RawInline("typst", "#listed(" .. quoted(first) .. ")")
    caption[1].content:insert(1, mark)
    figure.caption.long = caption
  end
  return figure
end

-- Pandoc's writer leaves out the description, which readers who cannot see the picture need.
function Image(image)
  local alt = pandoc.utils.stringify(image.caption)
  local given = quoted(image.src) .. ", width: " .. image.attributes.width .. ", alt: " .. quoted(alt)
  return pandoc.RawInline("typst", "#image(" .. given .. ")")
end

-- A footnote; and a place without words that links lead to, which Pandoc would drop.
function Span(span)
  if span.classes:includes("footnote") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
  if span.identifier ~= "" and #span.content == 0 then
    return pandoc.RawInline("typst", "#metadata(none)<" .. span.identifier .. ">")
  end
end

-- A reader who cannot see a formula hears it in the notation that it was written in.
function Math(math)
  local set = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), "typst")
  local block = math.mathtype == "DisplayMath" and "true" or "false"
  local given = "block: " .. block .. ", alt: " .. quoted(math.text)
  return pandoc.RawInline("typst", "#math.equation(" .. given .. ", " .. set:gsub("%s+$", "") .. ".body)")
end
