//! Tables in, one article a row out: CSV and its kin, Parquet, Arrow.

mod support;

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch, StringArray, TimestampMillisecondArray,
};
use broadsheet_ingest::{Article, Options};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use support::*;

fn mapped(map: &str) -> Options {
    Options { map: map.parse().unwrap(), ..Options::default() }
}

#[test]
fn csv() {
    let file = "id,Headline,Body,Date,Author,URL\n1,\"Talks, again\",\"Envoys met.\n\nThey \"\"left\"\".\",2026-11-23,Ana Ruiz and Bo Lind,https://example.com/1\n\n2,Storm,Waves broke.,,,\n";
    for (name, bytes) in [
        ("a.csv", file.as_bytes().to_vec()),
        ("a.csv.gz", gzip(file.as_bytes())),
        ("a.csv", file.replace('\n', "\r\n").into_bytes()),
        ("a.csv", format!("\u{feff}{file}").into_bytes()),
        ("a.csv", file.replace(',', ";").replace("Talks;", "Talks,").into_bytes()),
        ("a.tsv", file.replace(',', "\t").replace("Talks\t", "Talks,").into_bytes()),
        ("a.csv", format!("\u{feff}{file}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ] {
        let read = good(name, bytes);
        assert_eq!(read.len(), 2, "{name}");
        assert_eq!(read[0].text, "Talks, again\n\nEnvoys met.\n\nThey \"left\".");
        assert_eq!((on(&read[0]).as_str(), read[0].authors.join("; ").as_str()), ("2026-11-23", "Ana Ruiz; Bo Lind"));
        assert_eq!((read[0].source_id.as_deref(), read[0].url.as_deref()), (Some("1"), Some("https://example.com/1")));
        assert_eq!(
            (read[1].text.as_str(), read[1].published_at, read[1].source_offset),
            ("Storm\n\nWaves broke.", None, 1)
        );
    }
    let latin = b"title,text\nCaf\xe9 closes,The caf\xe9 of Besan\xe7on closed in Orl\xe9ans.\n";
    assert_eq!(one("a.csv", latin).title.as_deref(), Some("Café closes"));
    // What programs write that flatten JSON.
    let flat = "source.name,headline.main,lead_paragraph\nThe Post,Talks,Envoys met.\n";
    let read = one("a.csv", flat);
    assert_eq!((read.text.as_str(), read.publisher.as_deref()), ("Talks\n\nEnvoys met.", Some("The Post")));
}

#[test]
fn columns_by_name() {
    let file = "kop,inhoud,dag,text\nTalks,Envoys met.,2026-11-23,not this\n";
    let (read, rejects) = outcome_with("a.csv", file, &mapped("text=inhoud, title=kop,published_at=dag"));
    assert_eq!(rejects, []);
    assert_eq!((read[0].text.as_str(), on(&read[0]).as_str()), ("Talks\n\nEnvoys met.", "2026-11-23"));
    let (_, rejects) = outcome_with("a.csv", file, &mapped("text=inhuod"));
    assert_eq!((rejects.len(), rejects[0].code), (1, "no_column"));
    assert!(
        rejects[0].message.contains("`inhuod`") && rejects[0].message.contains("`inhoud`"),
        "{}",
        rejects[0].message
    );
    let (_, rejects) = outcome("a.csv", "kop,inhoud\nTalks,Envoys met.\nStorm,Waves.\n");
    assert_eq!((rejects.len(), rejects[0].code), (1, "no_column"));
    assert!(rejects[0].message.contains("--map text=COLUMN"));
    // JSON too.
    let (read, _) = outcome_with(
        "a.jsonl",
        r#"{"meta": {"kop": "Talks"}, "inhoud": "Envoys met.", "text": "not this"}"#,
        &mapped("text=inhoud,title=meta.kop"),
    );
    assert_eq!(read[0].text, "Talks\n\nEnvoys met.");
    for (map, says) in [("text", "FIELD=COLUMN"), ("text=", "FIELD=COLUMN"), ("words=body", "no field `words`")] {
        assert!(map.parse::<broadsheet_ingest::Mapping>().unwrap_err().contains(says), "{map}");
    }
}

#[test]
fn csv_that_is_broken() {
    let ragged =
        "title,text\nTalks,Envoys met.\nStorm\nTalks,Envoys, met.\nTrailing,All is well.,,\nLast,Waves broke.\n";
    assert_eq!(bad("a.csv", ragged), (3, vec![(1, "ragged"), (2, "ragged")]));
    assert_eq!(bad("a.csv", "title,text\n"), (0, vec![]));
    assert_eq!(bad("a.csv", "\n\n"), (0, vec![(0, "empty")]));
    let large = format!("title,text\nTalks,Envoys met.\nHuge,\"{}\"\nLast,Waves broke.\n", "x,\n".repeat(40_000));
    let options = Options { max_record_bytes: 50_000, ..Options::default() };
    let (articles, rejects) = outcome_with("a.csv", large, &options);
    assert_eq!((articles.len(), rejects.len(), rejects[0].code, rejects[0].source_offset), (2, 1, "too_large", 1));
    // A quotation mark that is not closed, and 50 MB of cell.
    let open = format!("title,text\nTalks,Envoys met.\nHuge,\"{}", "words and words\n".repeat(3_300_000));
    let (articles, rejects) = outcome("a.csv", open);
    assert_eq!(articles.len() + rejects.len(), 2);
    let wide = format!("text{}\nEnvoys met.\n", ",x".repeat(100_000));
    assert_eq!(bad("a.csv", wide), (0, vec![(0, "too_large")]));
    let noise: Vec<u8> = (0..9000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let (articles, rejects) = outcome("a.csv", noise);
    assert!(articles.is_empty() && !rejects.is_empty());
}

/// A table as data frames are saved.
fn batch(rows: usize) -> RecordBatch {
    let texts = |word: &str| (0..rows).map(|row| format!("{word} {row}")).collect::<Vec<_>>();
    let mut authors = ListBuilder::new(StringBuilder::new());
    for _ in 0..rows {
        authors.values().append_value("Ana Ruiz");
        authors.values().append_value("Bo Lind");
        authors.append(true);
    }
    let publishers: DictionaryArray<Int32Type> = (0..rows).map(|_| "The Post").collect();
    let columns: [(&str, ArrayRef); 7] = [
        ("headline", Arc::new(StringArray::from(texts("Headline")))),
        ("body", Arc::new(StringArray::from(texts("Envoys met in Vienna on day")))),
        (
            "published_at",
            Arc::new(TimestampMillisecondArray::from(vec![1_795_476_600_000; rows]).with_timezone("+09:00")),
        ),
        ("modified", Arc::new(Date32Array::from(vec![20_781; rows]))),
        ("authors", Arc::new(authors.finish())),
        ("publisher", Arc::new(publishers)),
        ("embedding", Arc::new(Int64Array::from(vec![7; rows]))),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

fn parquet(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties =
        WriterProperties::builder().set_compression(compression).set_max_row_group_row_count(Some(100)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn arrow_file(batch: &RecordBatch) -> Vec<u8> {
    let options = arrow_ipc::writer::IpcWriteOptions::default();
    let options = options.try_with_compression(Some(arrow_ipc::CompressionType::LZ4_FRAME)).unwrap();
    let mut writer = arrow_ipc::writer::FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn arrow_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn check(read: &[Article], rows: usize, name: &str) {
    assert_eq!(read.len(), rows, "{name}");
    let last = &read[rows - 1];
    assert_eq!(last.text, format!("Headline {}\n\nEnvoys met in Vienna on day {}", rows - 1, rows - 1));
    assert_eq!(
        (last.published_at.unwrap().to_string().as_str(), on(last).as_str()),
        ("2026-11-23T23:30:00Z", "2026-11-24")
    );
    assert_eq!(last.modified_at.unwrap().to_string(), "2026-11-24T00:00:00Z");
    assert_eq!((last.authors.join("; ").as_str(), last.publisher.as_deref()), ("Ana Ruiz; Bo Lind", Some("The Post")));
    assert_eq!(last.source_offset, rows as u64 - 1);
}

#[test]
fn parquet_and_arrow() {
    let batch = batch(250);
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(Default::default()),
        Compression::GZIP(Default::default()),
        Compression::BROTLI(Default::default()),
        Compression::LZ4_RAW,
    ];
    for codec in codecs {
        check(&good("a.parquet", parquet(&batch, codec)), 250, &format!("{codec:?}"));
    }
    check(&good("a", parquet(&batch, Compression::SNAPPY)), 250, "no ending");
    check(&good("a.parquet.gz", gzip(&parquet(&batch, Compression::SNAPPY))), 250, "in memory");
    check(&good("a.feather", arrow_file(&batch)), 250, "Arrow file");
    check(
        &good("a.arrow.zst", zstd::encode_all(arrow_file(&batch).as_slice(), 1).unwrap()),
        250,
        "Arrow file in memory",
    );
    check(&good("a.arrows", arrow_stream(&batch)), 250, "Arrow stream");
}

#[test]
fn columns_that_do_not_fit() {
    let column = |values: ArrayRef| RecordBatch::try_from_iter([("text", values)]).unwrap();
    let numbers = column(Arc::new(Int64Array::from(vec![1, 2])));
    for (name, bytes) in [
        ("a.parquet", parquet(&numbers, Compression::SNAPPY)),
        ("a.arrow", arrow_file(&numbers)),
        ("a.arrows", arrow_stream(&numbers)),
    ] {
        let (_, rejects) = outcome(name, bytes);
        assert_eq!((rejects.len(), rejects[0].code), (1, "no_column"));
        assert!(rejects[0].message.contains("`text` holds Int64"), "{}", rejects[0].message);
    }
    let nulls = column(Arc::new(StringArray::from(vec![None, Some("Envoys met."), Some("")])));
    assert_eq!(bad("a.parquet", parquet(&nulls, Compression::SNAPPY)), (1, vec![(0, "no_text"), (2, "no_text")]));
    let (read, _) =
        outcome_with("a.parquet", parquet(&batch(1), Compression::SNAPPY), &mapped("text=headline,title=body"));
    assert_eq!(read[0].text, "Envoys met in Vienna on day 0\n\nHeadline 0");
}

/// The bytes of the first message, which is the schema.
fn schema_length(stream: &[u8]) -> usize {
    8 + u32::from_le_bytes(stream[4..8].try_into().unwrap()) as usize
}

#[test]
fn damaged_columns() {
    let whole = parquet(&batch(250), Compression::UNCOMPRESSED);
    assert_eq!(bad("a.parquet", &whole[..whole.len() / 2]), (0, vec![(0, "corrupt")]));
    let mut footer = whole.clone();
    let length = footer.len();
    footer[length - 8..length - 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(bad("a.parquet", footer), (0, vec![(0, "corrupt")]));
    assert_eq!(bad("a.parquet", b"PAR1"), (0, vec![(0, "corrupt")]));
    let stream = arrow_stream(&batch(250));
    let (articles, rejects) = outcome("a.arrows", &stream[..stream.len() / 2]);
    assert_eq!((articles.len(), rejects[0].code), (0, "truncated"), "{rejects:?}");
    let file = arrow_file(&batch(250));
    assert_eq!(bad("a.arrow", &file[..file.len() / 2]), (0, vec![(0, "truncated")]));
    // The batches before the cut are read.
    let (one, two) = (arrow_stream(&batch(3)), arrow_stream(&batch(4)));
    let both = [&one[..one.len() - 8], &two[schema_length(&two)..two.len() - 8]].concat();
    assert_eq!(good("a.arrows", &both).len(), 7);
    assert_eq!(bad("a.arrows", &both[..both.len() - 10]), (3, vec![(3, "truncated")]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_cut_loses_no_row_before_it(at in any::<prop::sample::Index>()) {
        let file = "title,text\nTalks,\"Envoys, met.\"\nStorm,\"Waves\nbroke.\"\nLast,Nobody was hurt.\n";
        let at = at.index(file.len());
        let complete = ["met.\"\n", "broke.\"\n", "hurt.\n"].iter().filter(|end| file.find(**end).unwrap() + end.len() <= at).count();
        let (articles, _) = outcome("a.csv", &file[..at]);
        prop_assert!(articles.len() >= complete && articles.len() <= complete + 1);
    }

    #[test]
    fn any_cells_do_no_harm(pieces in prop::collection::vec(prop::sample::select(vec!["a", ",", "\"", "\n", "\r", ";", "\t", "é", "\0", "text", " "]), 0..80)) {
        outcome("a.csv", pieces.concat());
        let (articles, rejects) = outcome("a.csv", format!("text,title\n{}", pieces.concat()));
        prop_assert!(articles.len() + rejects.len() <= 81);
    }

    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), kind in 0..3) {
        let batch = batch(3);
        let (name, mut bytes) = match kind {
            0 => ("a.parquet", parquet(&batch, Compression::SNAPPY)),
            1 => ("a.arrow", arrow_file(&batch)),
            _ => ("a.arrows", arrow_stream(&batch)),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        outcome(name, bytes);
    }
}
