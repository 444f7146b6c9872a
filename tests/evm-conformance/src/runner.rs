// SPDX-License-Identifier: Apache-2.0
//! All files of a folder or an archive, on several threads.

use std::{
	fs::{self, File},
	io::{self, Read},
	path::{Path, PathBuf},
	sync::{
		atomic::{AtomicUsize, Ordering},
		mpsc, Mutex,
	},
	thread,
};

use flate2::read::GzDecoder;

use crate::{Mode, Report, Suite};

/// How to run.
#[derive(Clone, Debug)]
pub struct Options {
	/// In which way.
	pub mode: Mode,
	/// On how many threads; at least one.
	pub threads: usize,
	/// What the path of a file or the name of a test contains.
	pub filter: String,
}

/// Why a folder or an archive could not be read.
#[derive(Debug, thiserror::Error)]
#[error("can't read {}: {source}", path.display())]
pub struct SourceError {
	path: PathBuf,
	source: io::Error,
}

/// A file, on its way to a thread.
struct Content {
	path: String,
	bytes: Vec<u8>,
}

/// Runs every file of a folder, and of the folders in it, or of an archive (`.tar.gz`). Paths in the
/// report begin with the folder's or the archive's name. `progress` is told how many files are done.
///
/// # Errors
/// [`SourceError`] if something there can't be read.
pub fn run(
	source: &Path,
	options: &Options,
	progress: impl Fn(usize) + Sync,
) -> Result<Report, SourceError> {
	// A few files ahead of the threads: archives may be larger than memory.
	let (sender, receiver) = mpsc::sync_channel(options.threads.saturating_mul(4));
	let (receiver, done) = (Mutex::new(receiver), AtomicUsize::new(0));
	let work = || {
		let mut report = Report::default();
		while let Some(content) = next(&receiver) {
			let Content { path, bytes } = content;
			report.add(&Suite::run(options.mode, &path, &bytes, &options.filter));
			progress(done.fetch_add(1, Ordering::Relaxed).saturating_add(1));
		}
		report
	};
	thread::scope(|scope| {
		let threads: Vec<_> = (0..options.threads.max(1)).map(|_| scope.spawn(work)).collect();
		let fed = feed(source, &sender);
		drop(sender);
		let mut report = Report::default();
		for thread in threads {
			report.merge(thread.join().expect("panics of cases are caught; qed"));
		}
		fed.map(|()| report)
	})
}

fn next(receiver: &Mutex<mpsc::Receiver<Content>>) -> Option<Content> {
	receiver.lock().expect("no holder of the lock panics; qed").recv().ok()
}

type Sender = mpsc::SyncSender<Content>;

fn feed(source: &Path, sender: &Sender) -> Result<(), SourceError> {
	let name = source.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_owned()));
	let name = name.unwrap_or_default().to_string_lossy().into_owned();
	if source.is_dir() {
		return feed_folder(source, &name, sender);
	}
	feed_archive(source, name.trim_end_matches(".tar.gz"), sender)
		.map_err(|error| SourceError { path: source.to_owned(), source: error })
}

fn feed_folder(folder: &Path, name: &str, sender: &Sender) -> Result<(), SourceError> {
	let failed = |source| SourceError { path: folder.to_owned(), source };
	let mut entries =
		fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
	entries.sort_by_key(fs::DirEntry::path);
	for entry in entries {
		let (path, inner) = (entry.path(), entry.file_name());
		let inner = format!("{name}/{}", inner.to_string_lossy());
		if path.is_dir() {
			feed_folder(&path, &inner, sender)?;
		} else {
			let bytes = fs::read(&path).map_err(|source| SourceError { path, source })?;
			send(sender, Content { path: inner, bytes });
		}
	}
	Ok(())
}

fn feed_archive(archive: &Path, name: &str, sender: &Sender) -> io::Result<()> {
	let mut archive = tar::Archive::new(GzDecoder::new(File::open(archive)?));
	for entry in archive.entries()? {
		let mut entry = entry?;
		if entry.header().entry_type().is_file() {
			let path = format!("{name}/{}", entry.path()?.display());
			let mut bytes = Vec::new();
			entry.read_to_end(&mut bytes)?;
			send(sender, Content { path, bytes });
		}
	}
	Ok(())
}

/// The receiver lives as long as the threads, which end only when there is nothing more to send.
fn send(sender: &Sender, content: Content) {
	sender.send(content).expect("the threads are there; qed");
}
